// What the host and its collector say to each other. The collector is a process of its own that gets its configs as texts
// and tells how it fares; both ends are Weir's own and of one version, so nothing is checked twice.
import type { ComponentInfo } from '../../collector-core/http-api/contract.ts'
import type { Diagnostic } from '../../collector-core/language/diagnostic.ts'
import type { Pipeline, StatsFrame, TrialScrape } from '../../collector-core/protocol.ts'
import type { LogLine } from '../contract/collector-report.ts'
import type { TapFrame } from '../contract/tap.ts'
import type { Failure } from '../contract/transport.ts'

/** Which items a tap shows, and how many of them a second. */
export interface TapSelection {
  readonly from?: string
  readonly to?: string
  readonly perSecond?: number
}

export type ToCollector =
  /** Runs a text in place of what runs, whole or not at all; `file` stands in its diagnostics, `secrets` are for `sys.env`. */
  | {
      readonly kind: 'apply'
      readonly id: number
      readonly file: string
      readonly text: string
      readonly secrets: Readonly<Record<string, string>>
    }
  | { readonly kind: 'component'; readonly id: number; readonly component: string }
  | { readonly kind: 'scrape-once'; readonly id: number; readonly component: string; readonly url: string }
  /** Frames are made while somebody watches. */
  | { readonly kind: 'watch'; readonly watched: boolean }
  /** Frames go through the port that comes along, straight to a window, until its other end is closed. */
  | { readonly kind: 'watch-through' }
  | { readonly kind: 'tap'; readonly id: number; readonly selection: TapSelection }
  | { readonly kind: 'untap'; readonly id: number }
  | { readonly kind: 'stop' }

export type FromCollector =
  | { readonly kind: 'open'; readonly address: string }
  /** The last thing said by a collector that cannot begin. */
  | { readonly kind: 'cannot-open'; readonly failure: Failure }
  /** `text` is the diagnostics as a terminal shows them. */
  | {
      readonly kind: 'applied'
      readonly id: number
      readonly applied: boolean
      readonly diagnostics: readonly Diagnostic[]
      readonly text: string
    }
  | { readonly kind: 'component'; readonly id: number; readonly info: ComponentInfo | undefined }
  | { readonly kind: 'scraped-once'; readonly id: number; readonly found: TrialScrape | undefined }
  | { readonly kind: 'frame'; readonly frame: Pipeline | StatsFrame }
  | { readonly kind: 'log'; readonly lines: readonly LogLine[] }
  | { readonly kind: 'tapped'; readonly id: number; readonly frame: TapFrame }
  /** Something failed that should not have. */
  | { readonly kind: 'failed'; readonly id: number; readonly failure: Failure }
