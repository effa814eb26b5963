import { setTimeout as sleep } from 'node:timers/promises'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { startBackend } from './backend-process.ts'
import { logql, promql, pushLines, pushSamples, pushSpan } from './pushes.ts'

const idOf = (number: number): string => `feed${String(number).padStart(28, '0')}`

test('what was acknowledged is there after kill -9, whenever it comes', { timeout: 300_000 }, async () => {
  let backend = await startBackend()
  const { storage } = backend
  let acknowledged = 0
  let last = 0
  let inTheMiddle = 0
  for (let round = 0; round < 6; round++) {
    const { addresses, child } = backend
    let stopped = false
    const numbers: number[] = []
    const writer = async (): Promise<void> => {
      while (!stopped) {
        const number = ++last
        const pushes = Promise.all([
          pushSamples(addresses, [
            { labels: { __name__: 'ledger', number: String(number) }, samples: [[Date.now(), number]] },
          ]),
          pushLines(addresses, { app: 'ledger' }, [[`${Date.now()}000000`, `number=${number}`]]),
          pushSpan(addresses, idOf(number), `number ${number}`),
        ])
        const said = await pushes.catch(() => undefined)
        if (said !== undefined) numbers.push(number)
        else inTheMiddle++
      }
    }
    const writers = Array.from({ length: 8 }, writer)
    while (numbers.length < 12) await sleep(20)
    await sleep(round * 37)
    await child.kill()
    stopped = true
    await Promise.all(writers)
    acknowledged += numbers.length
    backend = await startBackend(storage)
    const metrics = await fetch(
      `http://${backend.addresses.mimir}/prometheus/api/v1/query?query=last_over_time(ledger[10m])`,
    )
    const samples = await metrics.text()
    for (const number of numbers)
      expect(samples).toMatch(new RegExp(`"number":"${number}"\\},"value":\\[[0-9.]+,"${number}"\\]`))
    expect(await logql(backend.addresses, `sum(count_over_time({app="ledger"}[10m]))`)).toBeGreaterThanOrEqual(
      acknowledged,
    )
    const lines = await fetch(
      `http://${backend.addresses.loki}/loki/api/v1/query_range?query=${encodeURIComponent('{app="ledger"}')}&limit=50000`,
    )
    const text = await lines.text()
    for (const number of numbers) {
      expect(text).toContain(`"number=${number}"`)
      const trace = await fetch(`http://${backend.addresses.tempo}/api/v2/traces/${idOf(number)}`)
      expect(trace.status, `trace of ${number}`).toBe(200)
      await trace.arrayBuffer()
    }
  }
  // Else the kills hit nothing.
  expect(acknowledged).toBeGreaterThan(60)
  expect(inTheMiddle).toBeGreaterThan(0)
})

test('50,000 samples and 20,000 lines a second are taken, and none is lost', { timeout: 300_000 }, async () => {
  const { addresses, child } = await startBackend()
  const seconds = 15
  const targets = 50
  const began = Date.now()
  const cpuBefore = cpuSeconds(child.pid)
  const padding = 'x'.repeat(100)
  const labels = Array.from({ length: targets }, (_, target) =>
    Array.from({ length: 1000 }, (_, i) => ({ __name__: 'load', target: String(target), series: String(i) })),
  )
  for (let second = 0; second < seconds; second++) {
    const at = began + second * 1000
    const pushes = [
      ...labels.map(
        (series) => () =>
          pushSamples(
            addresses,
            series.map((one, i) => ({ labels: one, samples: [[at, second * i] as const] })),
          ),
      ),
      ...Array.from(
        { length: 20 },
        (_, stream) => () =>
          pushLines(
            addresses,
            { app: 'load', stream: String(stream) },
            Array.from(
              { length: 1000 },
              (_, i) => [`${at}${String(i).padStart(6, '0')}`, `second=${second} line=${i} ${padding}`] as const,
            ),
          ),
      ),
    ]
    const lane = async (): Promise<void> => {
      for (let push = pushes.pop(); push !== undefined; push = pushes.pop()) await push()
    }
    await Promise.all(Array.from({ length: 8 }, lane))
    const early = at + 1000 - Date.now()
    if (early > 0) await sleep(early)
  }
  const tookSeconds = (Date.now() - began) / 1000
  const usedSeconds = cpuSeconds(child.pid) - cpuBefore
  const rss = Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1]) / 1024
  console.log(
    `${seconds} s of load in ${tookSeconds.toFixed(1)} s: ${usedSeconds.toFixed(1)} s of processor time, ${rss.toFixed(0)} MiB resident`,
  )
  const over = `[${Math.ceil(tookSeconds) + 60}s]`
  expect(await promql(addresses, `sum(count_over_time(load${over}))`)).toBe(seconds * targets * 1000)
  expect(await logql(addresses, `sum(count_over_time({app="load"}${over}))`)).toBe(seconds * 20_000)
  // It keeps up when it needs less than one processor; how long it took depends on what else runs here.
  expect(usedSeconds).toBeLessThan(seconds)
  expect((await child.terminate()).code).toBe(0)
})

function cpuSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ')
  return (Number(fields[11]) + Number(fields[12])) / 100
}
