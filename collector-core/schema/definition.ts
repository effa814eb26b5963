import type { ArgumentsOf, Field, Fields } from './field.ts'

export type Stability = 'generally-available' | 'public-preview' | 'experimental'

/** Where a component stands in a pipeline; decides its place and glyph on the canvas. */
export type Stage = 'discover' | 'collect' | 'process' | 'send' | 'support'

/** What a definition's own check found: `path` leads to the argument, list indexes included. */
export interface ArgumentProblem {
  readonly path: readonly (string | number)[]
  readonly message: string
  readonly severity?: 'error' | 'warning'
}

/** Everything known about a component without running it; pure data, safe in a browser. */
export interface Definition<A extends Fields = Fields, E extends Fields = Fields> {
  /** The block name, e.g. `prometheus.scrape`. */
  readonly name: string
  /** One sentence. */
  readonly summary: string
  readonly stage: Stage
  readonly stability: Stability
  readonly arguments: A
  readonly exports: E
  /** What shapes alone cannot say; also the place for rules across arguments. Never throws. */
  check?(args: ArgumentsOf<A>): readonly ArgumentProblem[]
  /** A small configuration that checks without diagnostics. */
  readonly example: string
}

/** Declares a component; the argument and export types are inferred from the fields. */
export function defineComponent<const A extends Fields, const E extends Fields>(
  definition: Omit<Definition<A, E>, 'stability'> & { readonly stability?: Stability },
): Definition<A, E> {
  return { stability: 'generally-available', ...definition }
}

/** A root block that configures Weir itself (`logging`, `http`): once per configuration, without a label. */
export interface ConfigBlockDefinition<A extends Fields = Fields> {
  readonly name: string
  readonly summary: string
  readonly arguments: A
  check?(args: ArgumentsOf<A>): readonly ArgumentProblem[]
  readonly example: string
}

export function defineConfigBlock<const A extends Fields>(
  definition: ConfigBlockDefinition<A>,
): ConfigBlockDefinition<A> {
  return definition
}

/** An export by name; undefined when there is none. */
export function exportOf({ exports }: { readonly exports: Fields }, name: string | undefined): Field | undefined {
  return name !== undefined && Object.hasOwn(exports, name) ? exports[name] : undefined
}

/** The decoded arguments of a definition. */
export type DefinitionArguments<D> = D extends { readonly arguments: infer A extends Fields } ? ArgumentsOf<A> : never

/** The export values of a definition. */
export type DefinitionExports<D> = D extends { readonly exports: infer E extends Fields }
  ? { readonly [K in keyof E]: E[K] extends Field<infer T> ? T : never }
  : never
