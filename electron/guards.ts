// What a page may not do, whatever it is: leave the collector's origin, open windows, embed others, use the machine.

/** The part of a session the guards use. */
export interface GuardedSession {
  setPermissionRequestHandler(
    handler: (contents: unknown, permission: string, answer: (granted: boolean) => void) => void,
  ): void
  setPermissionCheckHandler(handler: () => boolean): void
  setDevicePermissionHandler(handler: () => boolean): void
}

/** The part of a page's contents the guards use. */
export interface GuardedContents {
  on(
    event: 'will-navigate' | 'will-frame-navigate' | 'will-redirect',
    listener: (event: NavigationEvent) => void,
  ): unknown
  on(event: 'will-attach-webview', listener: (event: { preventDefault(): void }) => void): unknown
  setWindowOpenHandler(handler: () => { action: 'deny' }): void
}

export interface NavigationEvent {
  readonly url: string
  preventDefault(): void
}

/** Grants no page anything: no camera, no notifications, no devices. */
export function denyPermissions(session: GuardedSession): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
}

/** Keeps a page on the origin `allowed` gives at the time, and alone. */
export function guardContents(contents: GuardedContents, allowed: () => string | undefined): void {
  const stay = (event: NavigationEvent): void => {
    if (originOf(event.url) === undefined || originOf(event.url) !== allowed()) event.preventDefault()
  }
  contents.on('will-navigate', stay)
  contents.on('will-frame-navigate', stay)
  contents.on('will-redirect', stay)
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
}

/** The origin of an http URL on this machine; undefined for anything else. */
export function originOf(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined
  const { protocol, origin, hostname } = new URL(url)
  return protocol === 'http:' && (hostname === '127.0.0.1' || hostname === '[::1]') ? origin : undefined
}
