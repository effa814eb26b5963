// What travels between a window and the host, over a WebSocket as JSON and over Electron's ports as objects: the same
// messages. The window numbers its calls and subscriptions; the host answers under the same number.

/** The most one message may have, bytes as JSON: a config of the largest size with every character escaped does not fit. */
export const largestMessageBytes = 32 * 1024 * 1024

/** Subscriptions and unanswered calls a window may have at one time. */
export const mostSubscriptions = 64
export const mostCalls = 128

/** Events of one subscription under way to a window; further ones are merged until the window has taken some. */
export const mostEventsUnderWay = 4

/** Where the WebSocket of browser mode is. */
export const socketPath = '/weir/socket'

/** Its parameter by which a window is known again when it reconnects or is loaded anew. */
export const windowParameter = 'window'

/** Answers 204 to who is let in, 401 to who is not. */
export const sessionPath = '/weir/session'

/** The name of the `<meta>` element by which a page knows that a host serves it; without it there is a collector only. */
export const hostMark = 'weir-host'

/** Why something was not done, for people: what happened, and what to do about it; `code` is stable and kebab-case. */
export interface Failure {
  readonly code: string
  readonly message: string
  readonly nextStep: string
}

/** From the host. */
export type HostMessage =
  /** Comes first on every connection. */
  | { readonly kind: 'welcome'; readonly version: string }
  | { readonly kind: 'answer'; readonly id: number; readonly value?: unknown }
  | { readonly kind: 'failure'; readonly id: number; readonly failure: Failure }
  | { readonly kind: 'event'; readonly id: number; readonly value: unknown }
  /** The subscription is over, or was never begun. */
  | { readonly kind: 'ended'; readonly id: number; readonly failure: Failure }
