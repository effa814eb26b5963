/** A place on the canvas, in canvas pixels. */
export interface Position {
  readonly x: number
  readonly y: number
}

/** A config file as opened; `path` is undefined for one that was never saved. */
export interface Project {
  readonly path: string | undefined
  /** The file's text; undecodable bytes are refused on opening, never replaced. */
  readonly text: string
  /** Identifies the bytes on disk; handed back on saving. Empty for a file that does not exist yet. */
  readonly version: string
  /** By component id, from `<path>.layout.json`. */
  readonly positions: Readonly<Record<string, Position>>
  /** Unsaved text of an earlier session that differs from the file. */
  readonly draft: { readonly text: string; readonly at: number } | undefined
  readonly readOnly: boolean
}

export interface RecentProject {
  readonly path: string
  readonly openedAt: number
}

export type Saved =
  | { readonly kind: 'saved'; readonly path: string; readonly version: string }
  | { readonly kind: 'changed-on-disk'; readonly text: string; readonly version: string }
  | { readonly kind: 'failed'; readonly message: string; readonly nextStep: string }

/** What another program did to the open file. */
export type DiskChange =
  { readonly kind: 'written'; readonly text: string; readonly version: string } | { readonly kind: 'gone' }

export interface Folder {
  readonly path: string
  readonly parent: string | undefined
  readonly entries: readonly { readonly name: string; readonly path: string; readonly kind: 'folder' | 'config' }[]
  /** More entries exist than are listed. */
  readonly truncated: boolean
}

export const interfaceSizes = ['automatic', '100', '125', '150', '175', '200'] as const

export interface Settings {
  readonly theme: 'system' | 'light' | 'dark'
  readonly language: 'system' | 'en' | 'ko'
  readonly density: 'comfortable' | 'compact'
  /** Percent of the size the window is designed in; `automatic` goes by its width. */
  readonly interfaceSize: (typeof interfaceSizes)[number]
  readonly checkForUpdates: boolean
}

/** Before anybody chose. */
export const defaultSettings: Settings = {
  theme: 'system',
  language: 'system',
  density: 'comfortable',
  interfaceSize: 'automatic',
  checkForUpdates: false,
}

/** What the operating system's keychain holds for Weir; `available` is false with a reason where it cannot be trusted. */
export interface Secrets {
  readonly available: boolean
  readonly why: string | undefined
  readonly names: readonly string[]
}
