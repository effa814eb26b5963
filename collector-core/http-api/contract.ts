// What the HTTP interface answers about components, in the JSON shapes of Alloy's web API. Types only: the page reads them
// in a browser.

export interface AlloyValue {
  readonly type: 'null' | 'number' | 'string' | 'bool' | 'array' | 'object' | 'function' | 'capsule'
  readonly value: unknown
}

export type AlloyStatement =
  | { readonly name: string; readonly type: 'attr'; readonly value: AlloyValue }
  | { readonly name: string; readonly type: 'block'; readonly label?: string; readonly body: readonly AlloyStatement[] }

/** A component in the shape of Alloy's web API; lists leave arguments, exports and debug info empty. */
export interface ComponentInfo {
  readonly name: string
  readonly type: 'block'
  readonly localID: string
  readonly moduleID: ''
  readonly label: string
  readonly referencesTo: readonly string[]
  readonly referencedBy: readonly string[]
  readonly dataFlowEdgesTo: readonly string[]
  readonly health: { readonly state: string; readonly message: string; readonly updatedTime: string }
  readonly original: ''
  readonly arguments: readonly AlloyStatement[]
  readonly exports: readonly AlloyStatement[]
  readonly debugInfo: readonly AlloyStatement[]
  readonly liveDebuggingEnabled: boolean
}
