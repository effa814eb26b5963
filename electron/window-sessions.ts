// A session per window over Electron's channels. Only the top frame of a window that shows Weir's own page is heard.
import type { HostMessage } from '../host/contract/transport.ts'
import { Session } from '../host/session/session.ts'
import type { SessionOptions } from '../host/session/session.ts'
import { isAppUrl } from './app-page.ts'
import { channels } from './channels.ts'

/** The part of a page's contents sessions use. */
export interface SpeakingContents {
  readonly id: number
  send(channel: string, message: HostMessage): void
  isDestroyed(): boolean
  once(event: 'destroyed', listener: () => void): unknown
  on(event: 'render-process-gone', listener: () => void): unknown
}

export interface PageMessage {
  readonly sender: SpeakingContents
  readonly senderFrame: { readonly url: string; readonly parent: unknown } | null
}

/** The part of `ipcMain` used here. */
export interface PageMessages {
  on(channel: string, listener: (event: PageMessage, message?: unknown) => void): unknown
}

/** What a window is called in front of the host. */
export const windowName = (contents: { readonly id: number }): string => `window ${contents.id}`

export class WindowSessions {
  private readonly options: Omit<SessionOptions, 'send' | 'asker'>
  private readonly sessions = new Map<number, Session>()
  private readonly known = new Set<number>()

  constructor(messages: PageMessages, options: Omit<SessionOptions, 'send' | 'asker'>) {
    this.options = options
    messages.on(channels.begin, (event) => {
      if (isOwnPage(event)) this.begin(event.sender)
    })
    messages.on(channels.message, (event, message) => {
      // A page that speaks otherwise than its preload script is not heard further.
      if (isOwnPage(event) && this.sessions.get(event.sender.id)?.hear(message) === false) this.end(event.sender.id)
    })
  }

  private begin(contents: SpeakingContents): void {
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
  }
}

function isOwnPage({ senderFrame }: PageMessage): boolean {
  return senderFrame !== null && senderFrame.parent === null && isAppUrl(senderFrame.url)
}
