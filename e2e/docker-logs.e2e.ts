// The seed's way of logs with a real Docker Engine: every line once, with the labels the seed promises.
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { DockerDaemon } from './docker/docker-daemon.ts'
import { exampleWith } from './example.ts'
import { freePort } from './free-port.ts'
import { LokiReceiver } from './loki-receiver.ts'
import type { Entry } from './loki-receiver.ts'
import { describeWith } from './required.ts'
import { startWeir } from './weir-process.ts'
import { sleep, waitUntil } from './wait-until.ts'

describeWith(DockerDaemon.needs, 'container logs to Loki', () => {
  const daemon = new DockerDaemon()

  beforeAll(async () => {
    await daemon.start()
    daemon.buildPrinter()
  })

  afterAll(() => daemon.destroy())

  afterEach(() => {
    for (const id of daemon.docker('ps', '-aq').split('\n')) if (id !== '') daemon.docker('rm', '-f', id)
  })

  const addresses = (loki: LokiReceiver): Record<string, string> => ({
    'unix:///var/run/docker.sock': daemon.host,
    'http://loki:3100/loki/api/v1/push': loki.url,
  })

  test('arrive exactly once, with service_name and container', async () => {
    const loki = await LokiReceiver.start()
    daemon.print('before', { count: 300, longEvery: 100 })
    const config = exampleWith('log-batch.alloy', addresses(loki))
    const first = await startWeir(config)
    daemon.print('plain', { count: 2000, pauseMicros: 1000, longEvery: 400 })
    daemon.print('terminal', { count: 500, pauseMicros: 1000, flags: ['-t'] })
    await sleep(1500)
    await first.terminate()
    const second = await startWeir(config, { storage: first.storage })
    await sleep(1500)
    daemon.docker('restart', '-t', '1', 'plain')
    const names = ['before', 'plain', 'terminal']
    await waitUntil('the containers have printed', () => daemon.logged('plain').length >= 4000, 60_000, 500)
    const due = names.flatMap((name) => daemon.logged(name).map((line) => `/${name} ${line}`))
    await waitUntil(
      () => `${due.length} lines, so far ${loki.entries.length}`,
      () => loki.entries.length >= due.length,
      60_000,
    )
    await sleep(2000)
    expect(loki.entries.map(named).sort()).toEqual(due.sort())
    expect(new Set(loki.entries.map(({ stream }) => stream))).toEqual(
      new Set(names.map((name) => `{container="/${name}", service_name="${name}"}`)),
    )
    expect(disorder(loki.entries)).toBe(0)
    expect(new Set(loki.pushes.flatMap(({ headers }) => headers['content-type']))).toEqual(
      new Set(['application/x-protobuf']),
    )
    const counted = (await second.metrics()).value('loki_write_dropped_entries_total')
    expect(counted).toBe(0)
    console.log(
      `docker logs: ${due.length} lines printed, ${loki.entries.length} received, in ${loki.pushes.length} pushes`,
    )
  })

  test('are filtered by level', async () => {
    const loki = await LokiReceiver.start()
    for (const level of ['INFO', 'WARN', 'DEBUG', 'ERROR', 'quiet']) daemon.print(level, { count: 100 })
    await startWeir(exampleWith('log-filter.alloy', addresses(loki)))
    const kept = (): Entry[] => loki.entries.filter(({ line }) => !line.startsWith('done'))
    await waitUntil('the lines of two containers', () => kept().length >= 200)
    await sleep(2000)
    expect(kept()).toHaveLength(200)
    expect(new Set(kept().map(({ stream }) => stream))).toEqual(
      new Set(['ERROR', 'WARN'].map((level) => `{container="/${level}", level="${level}", service_name="${level}"}`)),
    )
  })

  test("of ten containers that come and go are all read, with the seed's config as it stands", async () => {
    const loki = await LokiReceiver.start()
    const ports = { '0.0.0.0:4317': `127.0.0.1:${await freePort()}`, '0.0.0.0:4318': `127.0.0.1:${await freePort()}` }
    await startWeir(exampleWith('seed.alloy', { ...addresses(loki), ...ports }))
    const names = [...Array(10).keys()].map((number) => `churn-${number}`)
    const due: string[] = []
    for (const name of names) {
      daemon.print(name, { count: 50 })
      await sleep(300)
    }
    await sleep(2000)
    for (const name of names) {
      daemon.docker('stop', '-t', '1', name)
      due.push(...daemon.logged(name).map((line) => `/${name} ${line}`))
      await sleep(200)
      daemon.docker('rm', name)
    }
    await waitUntil(
      () => `${due.length} lines, so far ${loki.entries.length}`,
      () => loki.entries.length >= due.length,
    )
    await sleep(1500)
    // The seed applies its rules twice, in the source and in loki.relabel. The second time there is no container name any
    // more, and as in Alloy an empty value deletes the label it would be written to: container.
    const seen = loki.entries.map(({ stream, line }) => `${stream} ${line}`)
    expect(seen.sort()).toEqual(due.map((line) => line.replace(/^\/(\S+)/, '{service_name="$1"}')).sort())
  })
})

function named({ stream, line }: Entry): string {
  return `${/container="([^"]+)"/.exec(stream)?.[1] ?? stream} ${line}`
}

/** Entries that are older than one before them of the same container and channel: every third line goes to stderr. */
function disorder(entries: readonly Entry[]): number {
  const newest = new Map<string, bigint>()
  let count = 0
  for (const { stream, timestamp, line } of entries) {
    const number = /line (\d+) of/.exec(line)?.[1]
    if (number === undefined) continue
    const channel = `${stream} ${Number(number) % 3 === 2}`
    if (timestamp < (newest.get(channel) ?? 0n)) count++
    else newest.set(channel, timestamp)
  }
  return count
}
