// The backends go away, Weir is killed meanwhile, everything comes back: nothing may be missing.
import { describe, expect, test } from 'vitest'
import { grpcStatus } from '../otlp-receiver.ts'
import { startWeir } from '../weir-process.ts'
import { sleep, waitUntil } from '../wait-until.ts'
import { NumberedLoad } from './numbered-load.ts'
import { Backends, tallies, threeSignals } from './three-signals.ts'
import type { Tally } from './three-signals.ts'

/** Requests by signal that were sent again as other bytes than before, which a server may refuse. */
function recutRequests({ loki, mimir, tempo }: Backends): Record<'lines' | 'ticks' | 'spans', number> {
  const different = (attempts: readonly { readonly hash: string; readonly key: string }[]): number => {
    const hashes = new Map<string, Set<string>>()
    for (const { hash, key } of attempts) hashes.set(key, (hashes.get(key) ?? new Set()).add(hash))
    return [...hashes.values()].filter((one) => one.size > 1).length
  }
  return {
    lines: different(loki.pushes.map(({ hash, entries }) => ({ hash, key: entries[0].line }))),
    ticks: different(mimir.writes.map(({ hash, samples }) => ({ hash, key: keyOf(samples) }))),
    spans: different(tempo.exports.map(({ hash, items }) => ({ hash, key: String(items[0].item.name) }))),
  }
}

/** Lines read again after a kill come in requests of their own; Loki knows them, so that is no harm. */
function expectNoneRecut(backends: Backends, kills: number): void {
  const { lines, ticks, spans } = recutRequests(backends)
  expect({ ticks, spans }).toEqual({ ticks: 0, spans: 0 })
  expect(lines).toBeLessThanOrEqual(kills)
  expect(backends.loki.linesStoredTwice).toBe(0)
}

function keyOf(samples: readonly { readonly name: string; readonly timestamp: number }[]): string {
  return samples.length === 0 ? 'metadata' : `${samples[0].name}@${samples[0].timestamp}`
}

async function settled(load: NumberedLoad, backends: Backends, lostTicks: number): Promise<Record<string, Tally>> {
  await load.stop()
  const complete = (): boolean => {
    const { spans, lines, ticks } = tallies(load, backends)
    return spans.lost === 0 && lines.lost === 0 && ticks.lost <= lostTicks
  }
  await waitUntil('everything delivered', complete, 60_000, 200).catch(() => undefined)
  await sleep(1500)
  return tallies(load, backends)
}

describe('nothing is lost', () => {
  test('while the backends are down and Weir is killed during the outage', async () => {
    const backends = await Backends.start()
    const load = await NumberedLoad.start()
    const config = threeSignals(load, backends)
    const first = await startWeir(config)
    await waitUntil(
      'all signals flow',
      () => backends.spans.length > 20 && backends.lines.length > 20 && backends.ticks.length > 3,
    )
    await backends.down()
    await sleep(5000)
    await first.kill()
    await sleep(1000)
    const second = await startWeir(config, { storage: first.storage })
    await sleep(5000)
    await backends.up()
    await sleep(3000)
    const result = await settled(load, backends, 1)
    console.log(`outage and kill -9: ${JSON.stringify(result)}`)
    expect(result.spans).toMatchObject({ lost: 0, invented: 0 })
    expect(result.lines).toMatchObject({ lost: 0, invented: 0, outOfOrder: 0 })
    // A kill may cost the one scrape that was under way: it shows as a gap.
    expect(result.ticks).toMatchObject({ invented: 0, outOfOrder: 0 })
    expect(result.ticks.lost).toBeLessThanOrEqual(1)
    expectNoneRecut(backends, 1)
    expect(second.child.running).toBe(true)
  })

  test('while Weir is killed again and again with the backends up', async () => {
    const backends = await Backends.start()
    const load = await NumberedLoad.start()
    const config = threeSignals(load, backends)
    let weir = await startWeir(config)
    const kills = 4
    for (let kill = 0; kill < kills; kill++) {
      await sleep(1200 + kill * 173)
      await weir.kill()
      weir = await startWeir(config, { storage: weir.storage })
    }
    await sleep(1500)
    const result = await settled(load, backends, kills)
    console.log(
      `${kills} times kill -9: ${JSON.stringify(result)}, ${backends.loki.linesStoredTwice} lines stored twice`,
    )
    expect(result.spans).toMatchObject({ lost: 0, invented: 0 })
    expect(result.lines).toMatchObject({ lost: 0, invented: 0, outOfOrder: 0 })
    expect(result.ticks).toMatchObject({ invented: 0, outOfOrder: 0 })
    expect(result.ticks.lost).toBeLessThanOrEqual(kills)
    // What a server answered is known milliseconds later: a kill rarely falls between.
    expect(result.lines.repeated).toBeLessThan(result.lines.due / 20)
    expectNoneRecut(backends, kills)
  })

  test.each(['refuse', 'hang', 'cut'] as const)('while the backends %s requests', async (how) => {
    const backends = await Backends.start()
    const load = await NumberedLoad.start()
    await startWeir(threeSignals(load, backends))
    await waitUntil(
      'all signals flow',
      () => backends.spans.length > 20 && backends.lines.length > 20 && backends.ticks.length > 3,
    )
    const bad = how === 'refuse' ? ({ status: 503, body: 'down for maintenance' } as const) : how
    backends.loki.answer = () => bad
    backends.mimir.answer = () => bad
    backends.tempo.answer = () =>
      how === 'hang' ? 'hang' : { code: grpcStatus.UNAVAILABLE, message: 'down for maintenance' }
    await sleep(4000)
    backends.loki.answer = () => ({ status: 204 })
    backends.mimir.answer = () => ({ status: 204 })
    backends.tempo.answer = () => 'ok'
    await sleep(1000)
    const result = await settled(load, backends, 0)
    console.log(`${how} for 4 s: ${JSON.stringify(result)}`)
    expect(result.spans).toMatchObject({ lost: 0, invented: 0 })
    for (const signal of [result.lines, result.ticks]) {
      expect(signal).toMatchObject({ lost: 0, invented: 0, outOfOrder: 0 })
    }
  })

  test('when Weir is asked to end while the backends hang: it ends within 5 s and sends the rest later', async () => {
    const backends = await Backends.start()
    const load = await NumberedLoad.start()
    const config = threeSignals(load, backends)
    const first = await startWeir(config)
    await waitUntil(
      'all signals flow',
      () => backends.spans.length > 20 && backends.lines.length > 20 && backends.ticks.length > 3,
    )
    backends.loki.answer = () => 'hang'
    backends.mimir.answer = () => 'hang'
    backends.tempo.answer = () => 'hang'
    await sleep(2500)
    const ended = await first.terminate()
    console.log(`SIGTERM with hanging backends: exit ${ended.code} after ${ended.tookMs} ms`)
    expect(ended.code).toBe(0)
    expect(ended.tookMs).toBeLessThan(5000)
    backends.loki.answer = () => ({ status: 204 })
    backends.mimir.answer = () => ({ status: 204 })
    backends.tempo.answer = () => 'ok'
    await startWeir(config, { storage: first.storage })
    await sleep(1000)
    const result = await settled(load, backends, 1)
    console.log(`after the restart: ${JSON.stringify(result)}`)
    expect(result.spans).toMatchObject({ lost: 0, invented: 0 })
    expect(result.lines).toMatchObject({ lost: 0, invented: 0, outOfOrder: 0 })
    expect(result.ticks.lost).toBeLessThanOrEqual(1)
  })
})
