/** One step of a template. */
export type TemplateNode =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'print'; readonly pipeline: Pipeline }
  | { readonly kind: 'assign'; readonly pipeline: Pipeline; readonly name: string; readonly declares: boolean }
  | ({ readonly kind: 'if' | 'with'; readonly pipeline: Pipeline; readonly binds: string | undefined } & Branches)
  | ({
      readonly kind: 'range'
      readonly pipeline: Pipeline
      readonly key: string | undefined
      readonly element: string | undefined
    } & Branches)
  | { readonly kind: 'break' | 'continue' }

interface Branches {
  readonly then: readonly TemplateNode[]
  readonly otherwise: readonly TemplateNode[]
}

/** Commands joined by `|`: each result becomes the last argument of the next. */
export type Pipeline = readonly Command[]

/** A call of `name` with arguments, or a bare operand. */
export type Command =
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Operand[] }
  | { readonly kind: 'operand'; readonly operand: Operand }

export type Operand =
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null; readonly float?: true }
  | { readonly kind: 'dot'; readonly fields: readonly string[] }
  | { readonly kind: 'variable'; readonly name: string; readonly fields: readonly string[] }
  | { readonly kind: 'pipeline'; readonly pipeline: Pipeline; readonly fields: readonly string[] }
