// What a page may not do, whatever it is: leave its place, open windows, embed others, use the machine.

/** The part of a session the guards use. */
export interface GuardedSession {
  setPermissionRequestHandler(
    handler: (contents: unknown, permission: string, answer: (granted: boolean) => void) => void,
  ): void
  setPermissionCheckHandler(handler: (contents: unknown, permission: string) => boolean): void
  setDevicePermissionHandler(handler: () => boolean): void
}

/** The part of a page's contents the guards use. */
export interface GuardedContents {
  on(
    event: 'will-navigate' | 'will-frame-navigate' | 'will-redirect',
    listener: (event: NavigationEvent) => void,
  ): unknown
  on(event: 'will-attach-webview', listener: (event: { preventDefault(): void }) => void): unknown
  setWindowOpenHandler(handler: (details: { readonly url: string }) => { action: 'deny' }): void
}

export interface NavigationEvent {
  readonly url: string
  preventDefault(): void
}

/** Writing to the clipboard is what the page's copy buttons do; it reads it through the shell. */
const granted = 'clipboard-sanitized-write'

/** Grants no page anything but to write text to the clipboard: no camera, no notifications, no devices. */
export function denyPermissions(session: GuardedSession): void {
  session.setPermissionRequestHandler((_contents, permission, answer) => answer(permission === granted))
  session.setPermissionCheckHandler((_contents, permission) => permission === granted)
  session.setDevicePermissionHandler(() => false)
}

/** Keeps a page where `allowed` holds, and alone; web addresses it wants to open go to `openOutside`. */
export function guardContents(
  contents: GuardedContents,
  allowed: (url: string) => boolean,
  openOutside: (url: string) => void,
): void {
  const stay = (event: NavigationEvent): void => {
    if (!allowed(event.url)) event.preventDefault()
  }
  contents.on('will-navigate', stay)
  contents.on('will-frame-navigate', stay)
  contents.on('will-redirect', stay)
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(({ url }) => {
    if (isWebAddress(url)) openOutside(url)
    return { action: 'deny' }
  })
}

/** Whether a URL is one the system's browser may be given: plain http and https, without credentials. */
export function isWebAddress(url: string): boolean {
  if (!URL.canParse(url)) return false
  const { protocol, username, password } = new URL(url)
  return (protocol === 'http:' || protocol === 'https:') && username === '' && password === ''
}
