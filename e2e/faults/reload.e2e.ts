// Reloads under load lose nothing, whatever they change.
import { describe, expect, test } from 'vitest'
import { startWeir } from '../weir-process.ts'
import { sleep, waitUntil } from '../wait-until.ts'
import { NumberedLoad } from './numbered-load.ts'
import { Backends, tallies, threeSignals } from './three-signals.ts'

describe('reloading', () => {
  test('again and again under load, bad configs among the good', async () => {
    const backends = await Backends.start()
    const load = await NumberedLoad.start()
    const base = threeSignals(load, backends)
    const variants = [
      base,
      base.replaceAll('batch_wait         = "200ms"', 'batch_wait         = "100ms"'),
      `${base}\nloki.echo "more" { }\n`,
      base.replace('forward_to = [loki.write.default.receiver]', 'forward_to = [loki.process.pass.receiver]') +
        '\nloki.process "pass" {\n  forward_to = [loki.write.default.receiver]\n}\n',
      base.replace('traces = [otelcol.exporter.otlp.tempo.input]', 'traces = [otelcol.processor.batch.b.input]') +
        '\notelcol.processor.batch "b" {\n  output {\n    traces = [otelcol.exporter.otlp.tempo.input]\n  }\n}\n',
      base.replace(
        'forward_to      = [prometheus.remote_write.mimir.receiver]',
        'forward_to      = [prometheus.relabel.r.receiver]',
      ) + '\nprometheus.relabel "r" {\n  forward_to = [prometheus.remote_write.mimir.receiver]\n}\n',
      `${base}\nbroken {`,
      base
        .replace('max_backoff         = "1s"', 'max_backoff         = "2s"')
        .replace('max_interval     = "1s"', 'max_interval     = "2s"'),
    ]
    const weir = await startWeir(base)
    const refusedBefore = load.spans.refused
    const statuses: number[] = []
    for (let turn = 0; turn < 3; turn++) {
      for (const variant of variants) {
        statuses.push((await weir.reload(variant)).status)
        await sleep(200)
      }
    }
    await sleep(1500)
    await load.stop()
    const complete = (): boolean => Object.values(tallies(load, backends)).every(({ lost }) => lost === 0)
    await waitUntil('everything delivered', complete, 30_000, 200).catch(() => undefined)
    await sleep(500)
    const result = tallies(load, backends)
    console.log(`${statuses.length} reloads: ${JSON.stringify(result)}`)
    expect(statuses.filter((status) => status === 400)).toHaveLength(3)
    expect(statuses.filter((status) => status === 200)).toHaveLength(statuses.length - 3)
    for (const signal of [result.spans, result.lines]) {
      expect(signal).toMatchObject({ lost: 0, invented: 0, repeated: 0, outOfOrder: 0 })
    }
    expect(result.ticks).toMatchObject({ invented: 0, repeated: 0, outOfOrder: 0 })
    expect(result.ticks.lost).toBeLessThanOrEqual(6)
    expect(load.spans.refused).toBe(refusedBefore)
  })

  test('keeps what waits for the old server from another one, and sends it once the old one is configured again', async () => {
    const old = await Backends.start()
    const load = await NumberedLoad.start()
    const config = threeSignals(load, old)
    const weir = await startWeir(config)
    await waitUntil('all signals flow', () => old.spans.length > 20 && old.lines.length > 20 && old.ticks.length > 3)
    await old.down()
    await sleep(1000)
    const waiting = { span: load.spans.acknowledged.at(-1)!, line: load.lines.written - 1, tick: load.ticks.served }
    await sleep(1000)
    const next = await Backends.start()
    const moved = config
      .replace(old.tempo.endpoint, next.tempo.endpoint)
      .replace(old.loki.url, next.loki.url)
      .replace(old.mimir.url, next.mimir.url)
    expect(await weir.reload(moved)).toMatchObject({ status: 200 })
    await waitUntil('all signals flow', () => next.spans.length > 20 && next.lines.length > 20 && next.ticks.length > 3)
    await load.stop()
    await old.up()
    const everywhere = (): ReturnType<typeof tallies> =>
      tallies(load, {
        spans: [...old.spans, ...next.spans],
        lines: [...old.lines, ...next.lines],
        ticks: [...old.ticks, ...next.ticks],
      })
    expect(Math.min(...next.spans)).toBeGreaterThan(waiting.span)
    expect(Math.min(...next.lines)).toBeGreaterThan(waiting.line)
    expect(Math.min(...next.ticks)).toBeGreaterThan(waiting.tick)
    expect(weir.log).toContain('a queue has no endpoint')
    expect(await weir.reload(config)).toMatchObject({ status: 200 })
    const lost = (): number => everywhere().spans.lost + everywhere().lines.lost + everywhere().ticks.lost
    await waitUntil('everything delivered', () => lost() <= 1, 20_000, 200).catch(() => undefined)
    console.log(`moved to another server and back: ${JSON.stringify(everywhere())}`)
    expect(everywhere()).toMatchObject({ spans: { lost: 0 }, lines: { lost: 0 } })
    expect(everywhere().ticks.lost).toBeLessThanOrEqual(1)
  })
})
