import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { TapFrame } from '../protocol.ts'
import { systemClock } from '../runtime/clock.ts'
import { createRegistry } from '../telemetry/registry.ts'
import { FakePipeline } from '../testing/fake-pipeline.ts'
import { ApiServer } from './server.ts'

const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined }

let weir: FakePipeline
let server: ApiServer
let leaving: AbortController

beforeEach(async () => {
  weir = new FakePipeline(systemClock)
  leaving = new AbortController()
  server = new ApiServer({ host: '127.0.0.1', port: 0 }, { log: silent })
  await server.listen({
    collector: weir.collector,
    registry: createRegistry(),
    reload: () => Promise.reject(new Error('nothing to reload')),
    version: '0',
    page: undefined,
  })
  await weir.load('test.sink "s" { }\ntest.source "a" { forward_to = [test.sink.s.receiver] }\ntest.finder "f" { }')
})
afterEach(async () => {
  leaving.abort()
  await server.close()
  await weir.collector.stop()
})

const get = (path: string) => fetch(`http://${server.address}${path}`, { signal: leaving.signal })

/** Reads on until what has come satisfies, or the stream ends. */
async function read(response: Response, isEnough: (text: string) => boolean): Promise<string> {
  let text = ''
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
  while (!isEnough(text)) {
    const { done, value } = await reader.read()
    if (done) break
    text += value
  }
  return text
}

const frames = (text: string): TapFrame[] =>
  text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as TapFrame)

describe('the tap stream', () => {
  it('gives what crosses the edges asked for', async () => {
    const response = await get('/api/v0/weir/tap?from=test.source.a&to=test.sink.s&perSecond=10')
    expect(response.headers.get('content-type')).toBe('application/x-ndjson')
    for (let i = 0; i < 12; i++) await weir.at('test.source.a').send()
    const text = await read(response, (text) => frames(text).some(({ seen }) => seen > 0))
    const frame = frames(text).find(({ seen }) => seen > 0)!
    expect([frame.seen, frame.kept <= 10, frame.kept]).toEqual([12, true, frame.items.length])
    expect(frame.items[0]).toMatchObject({ from: 'test.source.a', to: 'test.sink.s', kind: 'sample', text: '1' })
  })

  it.each(['perSecond=0', 'perSecond=201', 'perSecond=x', 'from=', `to=${'x'.repeat(600)}`])(
    'refuses %s',
    async (query) => {
      expect((await get(`/api/v0/weir/tap?${query}`)).status).toBe(400)
    },
  )

  it('leaves the edge alone once the client is gone', async () => {
    const response = await get('/api/v0/weir/tap')
    await read(response, (text) => text.includes('\n'))
    const { edge } = weir.collector.edgeList()[0]
    expect(edge.isTapped).toBe(true)
    leaving.abort()
    await expect.poll(() => edge.isTapped).toBe(false)
  })

  it('is not served more often than bounded', async () => {
    const open = await Promise.all(Array.from({ length: 66 }, () => get('/api/v0/weir/tap')))
    expect(open.filter(({ status }) => status === 503)).toHaveLength(2)
    expect(open.filter(({ status }) => status === 200)).toHaveLength(64)
  })
})

describe("Alloy's live debugging", () => {
  const path = '/api/v0/web/debug/test.sink.s'

  it('is refused while the config does not allow it, for unknown components, and where no data passes', async () => {
    const refusal = await get(path)
    expect([refusal.status, await refusal.text()]).toEqual([500, expect.stringContaining('livedebugging')])
    server.allowLiveDebugging(true)
    expect((await get('/api/v0/web/debug/test.sink.nope')).status).toBe(500)
    expect((await get('/api/v0/web/debug/test.finder.f')).status).toBe(500)
  })

  it('gives texts that end with |;|, and ends when the config takes the permission back', async () => {
    server.allowLiveDebugging(true)
    const response = await get(path)
    await weir.at('test.source.a').send()
    setTimeout(() => server.allowLiveDebugging(false), 1500)
    expect(await read(response, () => false)).toBe(
      '[IN]: sample: ts=1970-01-01T00:00:00.001Z, labels={__name__="x"}, value=1|;|',
    )
  })

  it('keeps the share asked for and complains about one that is none', async () => {
    server.allowLiveDebugging(true)
    const [none, wrong] = await Promise.all([get(`${path}?sampleProb=0`), get(`${path}?sampleProb=2`)])
    await weir.at('test.source.a').send()
    setTimeout(() => server.allowLiveDebugging(false), 1500)
    expect(await read(none, () => false)).toBe('')
    expect(await read(wrong, () => false)).toMatch(/^sampleProb must be .*\|;\|\[IN\]: sample.*\|;\|$/)
  })
})
