// The line of frames with real message ports, its ends in one process: a collector, the shell that hands out ports, a page.
import { EventEmitter } from 'node:events'
import { MessageChannel } from 'node:worker_threads'
import type { MessagePort } from 'node:worker_threads'
import { expect, onTestFinished, test } from 'vitest'
import type { Pipeline, StatsFrame } from '../collector-core/protocol.ts'
import { FrameWatchers } from '../host/collector-supervisor/frame-watchers.ts'
import type { ToCollector } from '../host/collector-supervisor/messages.ts'
import { waitUntil } from '../e2e/wait-until.ts'
import { FrameLine } from './frame-line.ts'
import type { PagePort } from './frame-line.ts'
import { FramePorts } from './frame-ports.ts'
import { utilityCollectors } from './utility-collectors.ts'

/** A collector process that makes frames for the ports it is given. */
class FakeCollector extends EventEmitter {
  readonly stderr = null
  made = 0
  ports = 0
  private readonly watchers: FrameWatchers
  private readonly open = new Set<MessagePort>()

  constructor(name: string) {
    super()
    this.watchers = new FrameWatchers({
      frame: (): StatsFrame => ({ kind: 'stats', at: ++this.made, components: [], edges: [] }),
      picture: () => ({ kind: 'pipeline', nodes: [{ id: name }], edges: [] }) as unknown as Pipeline,
    })
  }

  postMessage(message: ToCollector, transfer: MessagePort[] = []): void {
    expect(message).toEqual({ kind: 'watch-through' })
    const [port] = transfer
    this.ports++
    this.open.add(port)
    this.watchers.addPort(port)
  }

  kill(): boolean {
    for (const port of this.open) port.close()
    this.emit('exit', 9)
    return true
  }
}

function desktop() {
  const frames = new FramePorts<MessagePort>(() => new MessageChannel())
  const collectors: FakeCollector[] = []
  const launch = utilityCollectors(() => {
    const collector = new FakeCollector(`collector ${collectors.length + 1}`)
    collectors.push(collector)
    onTestFinished(() => void collector.kill())
    return collector
  }, frames)
  const start = (): FakeCollector => {
    launch([], { message: () => undefined, exited: () => undefined })
    const collector = collectors.at(-1)!
    collector.emit('message', { kind: 'open', address: '127.0.0.1:1' })
    return collector
  }
  const window = {
    id: 7,
    isDestroyed: () => false,
    postMessage: (_channel: string, _message: null, [port]: MessagePort[]) => line.take(port as unknown as PagePort),
  }
  const line = new FrameLine((watched) => (watched ? frames.watch(window) : frames.leave(window.id)))
  return { frames, start, line, window }
}

/** Listens; tells the names of the pictures seen and how many frames. */
function listener(line: FrameLine) {
  const seen = { pictures: [] as string[], frames: 0, leave: (): void => undefined }
  seen.leave = line.subscribe((frame) => {
    if (frame.kind === 'pipeline') seen.pictures.push(frame.nodes[0].id)
    else seen.frames++
  })
  return seen
}

test('frames go on while the page takes them, and over a restart of the collector', async () => {
  const { start, line } = desktop()
  const first = start()
  const seen = listener(line)
  await waitUntil('three frames', () => seen.frames >= 3)
  first.kill()
  const second = start()
  await waitUntil('three frames of the second collector', () => second.made >= 3)
  expect(seen.pictures).toEqual(['collector 1', 'collector 2'])
  expect([first.ports, second.ports]).toEqual([1, 1])
})

test('a page that asks before the collector is open is served once it is', async () => {
  const { start, line } = desktop()
  const seen = listener(line)
  start()
  await waitUntil('a frame', () => seen.frames > 0)
})

test('two listeners of a page share one port; the second sees the picture at once', async () => {
  const { start, line } = desktop()
  const collector = start()
  const one = listener(line)
  await waitUntil('a picture', () => one.pictures.length > 0)
  const two = listener(line)
  expect(two.pictures).toEqual(['collector 1'])
  one.leave()
  const before = two.frames
  await waitUntil('a frame for the second', () => two.frames > before)
  expect(collector.ports).toBe(1)
})

test('nothing is made for a page that left, nor for a window that is gone', async () => {
  const { start, line, frames, window } = desktop()
  const collector = start()
  const seen = listener(line)
  await waitUntil('a frame', () => seen.frames > 0)
  seen.leave()
  seen.leave()
  await waitUntil('no more frames', async () => {
    const before = collector.made
    await new Promise((resolve) => setTimeout(resolve, 600))
    return collector.made === before
  })
  expect(collector.ports).toBe(1)
  listener(line).leave()
  frames.leave(window.id)
  const next = start()
  expect(next.ports).toBe(0)
})
