import type { Diagnostic } from '../../../collector-core/language/diagnostic.ts'

/** The open file, as far as it is known to be on disk. */
export interface OpenFile {
  /** Undefined for one that was never saved. */
  readonly path: string | undefined
  readonly readOnly: boolean
  /** Another program took it away; saving writes it anew. */
  readonly gone: boolean
  readonly version: string
  readonly savedText: string
}

/** How far opening the first file has come. */
export type Opening =
  | { readonly kind: 'opening' }
  | { readonly kind: 'open' }
  | { readonly kind: 'failed'; readonly message: string; readonly nextStep: string }

/** What became of the text that was to run last. */
export type Applying =
  | { readonly kind: 'none' }
  | { readonly kind: 'applying' }
  | { readonly kind: 'applied' }
  | { readonly kind: 'refused'; readonly diagnostics: readonly Diagnostic[] }
  | { readonly kind: 'failed'; readonly message: string; readonly nextStep: string }

/** Something that happened and needs no answer; a new object each time. */
export type Happening =
  | { readonly kind: 'merged' | 'reloaded' | 'saved' | 'applied' | 'recovered' | 'kept-mine' | 'gone' }
  | { readonly kind: 'failed'; readonly message: string; readonly nextStep: string }

/** What is different between the text, the file and the collector. */
export interface Differences {
  readonly unsaved: boolean
  /** Undefined while it is not known what runs. */
  readonly unapplied: boolean | undefined
}

/** The last part of a path, for either kind of slash. */
export function fileName(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path
}
