import type { WireEnd } from './gestures/fit.ts'
import type { Position } from './layout.ts'

/** Something the canvas asks about before it acts; at most one at a time. `at` is where on the canvas it was asked. */
export type CanvasTask =
  | { readonly kind: 'add'; readonly at: Position | undefined }
  | { readonly kind: 'wire'; readonly end: WireEnd; readonly at: Position }
  | { readonly kind: 'insert'; readonly edge: string }
  | { readonly kind: 'bridge'; readonly from: WireEnd; readonly to: WireEnd; readonly names: readonly string[] }
  | { readonly kind: 'connect'; readonly node: string }
  | { readonly kind: 'reconnect'; readonly edge: string }
  | { readonly kind: 'find' }
  | { readonly kind: 'select' }
  | { readonly kind: 'rename'; readonly node: string }
  | { readonly kind: 'remove'; readonly nodes: readonly string[]; readonly edges: readonly string[] }
