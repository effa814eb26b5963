// A session per window over Electron's channels. Only the top frame of a window that shows Weir's own page is heard.
import type { HostMessage } from '../host/contract/transport.ts'
import { Session } from '../host/session/session.ts'
import type { SessionOptions } from '../host/session/session.ts'
import { isAppUrl } from './app-page.ts'
import { channels } from './channels.ts'
import type { FramePorts, PortTaker } from './frame-ports.ts'

/** The part of a page's contents sessions use. */
export interface SpeakingContents<Port> extends PortTaker<Port> {
  send(channel: string, message: HostMessage): void
  once(event: 'destroyed', listener: () => void): unknown
  on(event: 'render-process-gone', listener: () => void): unknown
}

export interface PageMessage<Port> {
  readonly sender: SpeakingContents<Port>
  readonly senderFrame: { readonly url: string; readonly parent: unknown } | null
}

/** The part of `ipcMain` used here. */
export interface PageMessages<Port> {
  on(channel: string, listener: (event: PageMessage<Port>, message?: unknown) => void): unknown
}

/** What a window is called in front of the host. */
export const windowName = (contents: { readonly id: number }): string => `window ${contents.id}`

export class WindowSessions<Port> {
  private readonly options: Omit<SessionOptions, 'send' | 'asker'>
  private readonly frames: FramePorts<Port>
  private readonly sessions = new Map<number, Session>()
  private readonly known = new Set<number>()

  constructor(messages: PageMessages<Port>, frames: FramePorts<Port>, options: Omit<SessionOptions, 'send' | 'asker'>) {
    this.options = options
    this.frames = frames
    messages.on(channels.begin, (event) => {
      if (isOwnPage(event)) this.begin(event.sender)
    })
    messages.on(channels.message, (event, message) => {
      // A page that speaks otherwise than its preload script is not heard further.
      if (isOwnPage(event) && this.sessions.get(event.sender.id)?.hear(message) === false) this.end(event.sender.id)
    })
    messages.on(channels.frames, (event, watched) => {
      if (!isOwnPage(event) || !this.sessions.has(event.sender.id)) return
      if (watched === true) frames.watch(event.sender)
      else frames.leave(event.sender.id)
    })
  }

  private begin(contents: SpeakingContents<Port>): void {
    this.end(contents.id)
    if (!this.known.has(contents.id)) {
      this.known.add(contents.id)
      contents.on('render-process-gone', () => this.end(contents.id))
      contents.once('destroyed', () => {
        this.known.delete(contents.id)
        this.end(contents.id)
      })
    }
    const session = new Session({
      ...this.options,
      asker: { window: windowName(contents) },
      send(message) {
        if (!contents.isDestroyed()) contents.send(channels.message, message)
      },
    })
    this.sessions.set(contents.id, session)
    session.begin()
  }

  private end(id: number): void {
    this.sessions.get(id)?.end()
    this.sessions.delete(id)
    this.frames.leave(id)
  }
}

function isOwnPage({ senderFrame }: Pick<PageMessage<unknown>, 'senderFrame'>): boolean {
  return senderFrame !== null && senderFrame.parent === null && isAppUrl(senderFrame.url)
}
