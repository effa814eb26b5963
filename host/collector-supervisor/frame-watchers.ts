// Frames for everybody who watches what runs: made while there is somebody, once for all of them, and to each no faster
// than it takes them.
import type { Pipeline, StatsFrame } from '../../collector-core/protocol.ts'

/** Gets frames, and says of each that it has `taken` it; numbers come only while it has taken everything. */
export type FrameWatcher = (frame: Pipeline | StatsFrame, taken: () => void) => void

/** What frames are made of. */
export interface FrameSource {
  frame(): StatsFrame
  /** Undefined while nothing runs. */
  picture(): Pipeline | undefined
}

/** The part of a message port used here: that of a worker thread in Node, that of a utility process in Electron. */
export interface FramePort {
  postMessage(frame: Pipeline | StatsFrame): void
  /** Whatever the other end says means that it has taken a frame. */
  on(event: 'message', listener: () => void): unknown
  once(event: 'close', listener: () => void): unknown
  start(): void
}

interface Watched {
  readonly send: (frame: Pipeline | StatsFrame) => void
  underWay: number
  /** The picture it was given last, as text. */
  picture: string
}

const everyMs = 250
/** Every how many frames the picture is looked at again: exports, and with them what nodes show, change at run time. */
const framesPerPicture = 4

export class FrameWatchers {
  private readonly source: FrameSource
  private readonly all = new Set<Watched>()
  private timer: NodeJS.Timeout | undefined

  constructor(source: FrameSource) {
    this.source = source
  }

  /** Sends the picture and a frame at once, then a frame four times a second; returns how to end. */
  add(watcher: FrameWatcher): () => void {
    const taken = (): void => {
      if (watched.underWay > 0) watched.underWay--
    }
    const watched: Watched = { send: (frame) => watcher(frame, taken), underWay: 0, picture: '' }
    this.all.add(watched)
    this.sendPicture([watched])
    this.sendFrame([watched])
    this.timer ??= this.everyQuarter()
    return () => {
      this.all.delete(watched)
      if (this.all.size > 0) return
      clearInterval(this.timer)
      this.timer = undefined
    }
  }

  /** Watches through a port until its other end is closed. */
  addPort(port: FramePort): void {
    let heard = (): void => undefined
    const leave = this.add((frame, taken) => {
      heard = taken
      port.postMessage(frame)
    })
    port.on('message', () => heard())
    port.once('close', leave)
    port.start()
  }

  /** Shows everybody the picture of now, if it is another one. */
  look(): void {
    if (this.all.size > 0) this.sendPicture([...this.all])
  }

  private everyQuarter(): NodeJS.Timeout {
    let count = 0
    return setInterval(() => {
      const free = [...this.all].filter(({ underWay }) => underWay === 0)
      if (free.length === 0) return
      if (++count % framesPerPicture === 0) this.sendPicture(free)
      this.sendFrame(free)
    }, everyMs)
  }

  /** A picture is rare and waits for nobody. */
  private sendPicture(watchers: readonly Watched[]): void {
    const frame = this.source.picture()
    if (frame === undefined) return
    const picture = JSON.stringify(frame)
    for (const watched of watchers) {
      if (watched.picture === picture) continue
      watched.picture = picture
      this.send(watched, frame)
    }
  }

  private sendFrame(watchers: readonly Watched[]): void {
    const frame = this.source.frame()
    for (const watched of watchers) this.send(watched, frame)
  }

  private send(watched: Watched, frame: Pipeline | StatsFrame): void {
    watched.underWay++
    watched.send(frame)
  }
}
