// The vocabulary definitions are written in: each function describes one argument or export and carries the TypeScript
// type of its decoded value, so that `ArgumentsOf<typeof definition.arguments>` needs no second declaration.
import type { Secret } from '../language/secret.ts'
import type { Labels } from '../signal/labels.ts'
import type { OtlpKind } from '../signal/otlp-batch.ts'
import type { Receiver, Signal } from '../signal/receiver.ts'
import type { RelabelRule } from '../signal/relabel-rule.ts'
import type { BlockPresence, Shape } from './shape.ts'

declare const valueType: unique symbol

/** One argument or export: its shape, its documentation and its default, with the decoded type `T`. */
export interface Field<T = unknown> {
  readonly shape: Shape
  /** One sentence for people, shown in the inspector, on hover and in the reference. */
  readonly doc: string
  readonly required: boolean
  /** The decoded value when the argument is absent or null. */
  readonly default?: unknown
  /** Set where Alloy knows the argument and Weir does not act on it: `ignored` warns, `refused` is an error. */
  readonly support?: { readonly level: 'ignored' | 'refused'; readonly reason: string }
  readonly stability?: 'experimental' | 'deprecated'
  readonly [valueType]?: T
}

export type Fields = Readonly<Record<string, Field>>

/** The decoded arguments of a set of fields. */
export type ArgumentsOf<F extends Fields> = { readonly [K in keyof F]: F[K] extends Field<infer T> ? T : never }

export interface FieldOptions<T> {
  readonly default?: T
  readonly required?: true
  readonly min?: number
  readonly max?: number
  readonly support?: Field['support']
  readonly stability?: Field['stability']
}

type Value<T, O> = O extends { required: true } | { default: T } ? T : T | undefined

function field<T>(shape: Shape, doc: string, options: FieldOptions<unknown> = {}): Field<T> {
  return {
    shape,
    doc,
    required: options.required ?? false,
    default: options.default,
    support: options.support,
    stability: options.stability,
  }
}

const scalar =
  <T>(kind: 'string' | 'bool' | 'secret' | 'optional_secret' | 'duration' | 'bytes' | 'regex' | 'any') =>
  <const O extends FieldOptions<T>>(doc: string, options?: O): Field<Value<T, O>> =>
    field({ kind }, doc, options)

export const string = scalar<string>('string')
export const bool = scalar<boolean>('bool')
export const secret = scalar<Secret>('secret')
/** A string that may be secret; decoded as a `Secret` either way. */
export const optionalSecret = scalar<Secret>('optional_secret')
/** A Go duration; decoded as milliseconds, fractions allowed. */
export const duration = scalar<number>('duration')
/** A size such as `1MiB`; decoded as bytes. */
export const bytes = scalar<number>('bytes')
/** RE2 text; checked to compile when the configuration is checked. */
export const regex = scalar<string>('regex')
/** Any value, decoded to plain JavaScript. */
export const any = scalar<unknown>('any')

export const integer = <const O extends FieldOptions<number>>(doc: string, options?: O): Field<Value<number, O>> =>
  field({ kind: 'integer', min: options?.min, max: options?.max }, doc, options)

export const float = <const O extends FieldOptions<number>>(doc: string, options?: O): Field<Value<number, O>> =>
  field({ kind: 'float', min: options?.min, max: options?.max }, doc, options)

export const choice = <const V extends string, const O extends FieldOptions<V>>(
  values: readonly V[],
  doc: string,
  options?: O,
): Field<Value<V, O>> => field({ kind: 'choice', values }, doc, options)

/** A list; `of` is described by a field whose own doc and default are not used. Absent means empty. */
export const list = <T>(of: Field<T>, doc: string, options?: FieldOptions<readonly NonNullable<T>[]>) =>
  field<readonly NonNullable<T>[]>({ kind: 'list', of: of.shape }, doc, { default: [], ...options })

/** A map with string keys; absent means empty. */
export const map = <T>(of: Field<T>, doc: string, options?: FieldOptions<ReadonlyMap<string, NonNullable<T>>>) =>
  field<ReadonlyMap<string, NonNullable<T>>>({ kind: 'map', of: of.shape }, doc, { default: new Map(), ...options })

/** Discovery targets, each a label set. */
export const targets = (doc: string, options: { required?: true } = { required: true }): Field<readonly Labels[]> =>
  field({ kind: 'targets' }, doc, options.required ? options : { default: [] })

/** Relabel rules exported by a relabel component. */
export const rules = (doc: string): Field<readonly RelabelRule[]> => field({ kind: 'rules' }, doc, { default: [] })

/** A handler object Weir passes on but does not look into, by Alloy's name of its type. */
export const capsule = (name: string, doc: string, options?: FieldOptions<unknown>): Field =>
  field({ kind: 'capsule', name }, doc, options)

/** Where data goes next; null entries are skipped. For `otlp`, `carries` narrows the argument to one kind of data. */
export const receivers = <const S extends Signal>(
  signal: S,
  doc: string,
  options: { required?: true; carries?: OtlpKind } = {},
): Field<readonly Receiver<S>[]> =>
  field({ kind: 'receivers', signal, carries: options.carries }, doc, {
    default: [],
    ...(options.required && { required: true }),
  })

/** An export other components send data to. */
export const receiver = <const S extends Signal>(signal: S, doc: string): Field<Receiver<S>> =>
  field({ kind: 'receiver', signal }, doc)

type BlockValue<F extends Fields, P extends BlockPresence> = P extends 'optional'
  ? ArgumentsOf<F> | undefined
  : ArgumentsOf<F>

/** A block that may be written once. */
export const block = <const F extends Fields, const P extends BlockPresence = 'optional'>(
  fields: F,
  doc: string,
  options: { presence?: P; support?: Field['support']; stability?: Field['stability'] } = {},
): Field<BlockValue<F, P>> =>
  field({ kind: 'block', fields, presence: options.presence ?? 'optional' }, doc, {
    support: options.support,
    stability: options.stability,
  })

/** A block that may be repeated; decoded in file order. */
export const blocks = <const F extends Fields>(
  fields: F,
  doc: string,
  options: { min?: number; support?: Field['support'] } = {},
): Field<readonly ArgumentsOf<F>[]> =>
  field({ kind: 'blocks', fields, min: options.min ?? 0 }, doc, { support: options.support })

/** One block out of a family such as `stage.json`: `variant` is the part after the prefix. */
export interface Variant<N extends string = string, A = unknown> {
  readonly variant: N
  readonly arguments: A
}

/**
 * Differently named blocks under one prefix, decoded into one list in file order. `V` is declared by the caller, which
 * lets a family contain itself (`stage.match`).
 */
export const variants = <V extends Variant>(
  prefix: string,
  of: () => Readonly<Record<string, Fields>>,
  doc: string,
): Field<readonly V[]> => field({ kind: 'variants', prefix, of }, doc)
