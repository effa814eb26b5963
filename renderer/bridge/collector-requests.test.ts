import { expect, test } from 'vitest'
import { httpCollector } from './collector-requests.ts'
import { textLines } from './text-lines.ts'

const stop = new AbortController().signal
const answering = (status: number, body: string) => httpCollector(() => Promise.resolve(new Response(body, { status })))

test('lines are whole however the stream is cut, and a torn last one is left out', async () => {
  const bytes = new TextEncoder().encode('{"ü":1}\n\n{"b":2}\n{"torn"')
  for (let size = 1; size <= bytes.length; size++) {
    const stream = new ReadableStream<Uint8Array>({
      start(controller) {
        for (let at = 0; at < bytes.length; at += size) controller.enqueue(bytes.slice(at, at + size))
        controller.close()
      },
    })
    const lines: string[] = []
    for await (const line of textLines(stream)) lines.push(line)
    expect(lines).toEqual(['{"ü":1}', '{"b":2}'])
  }
})

test('what is not there is undefined, what fails rejects with its path', async () => {
  expect(await answering(503, '').pipeline(stop)).toBeUndefined()
  expect(await answering(404, '').component('a.b', stop)).toBeUndefined()
  await expect(answering(500, '').pipeline(stop)).rejects.toThrow('/api/v0/weir/pipeline answered 500')
})

test('frames are read one per line', async () => {
  const frames = answering(200, '{"kind":"stats","at":1}\n{"kind":"stats","at":2}\n').frames(stop)
  const times: number[] = []
  for await (const { at } of frames) times.push(at)
  expect(times).toEqual([1, 2])
})
