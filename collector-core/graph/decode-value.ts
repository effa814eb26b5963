import type { Expression } from '../language/ast.ts'
import { coerce, describeProblem } from '../language/coerce.ts'
import type { Diagnostic } from '../language/diagnostic.ts'
import type { Span } from '../language/position.ts'
import { printValue } from '../language/print-value.ts'
import { holdsSecret } from '../language/value.ts'
import type { Value } from '../language/value.ts'
import { receiverName } from '../schema/shape.ts'
import type { Shape } from '../schema/shape.ts'
import { Labels } from '../signal/labels.ts'
import type { OtlpKind } from '../signal/otlp-batch.ts'
import type { RelabelRule } from '../signal/relabel-rule.ts'
import type { Receiver, Signal } from '../signal/receiver.ts'
import { ReceiverExport } from './export-value.ts'

/** Gives the receiver to send into: an edge to the one exported. */
export type Connect = (to: ReceiverExport, carries: OtlpKind | undefined) => Receiver<Signal>

export interface DecodedValue {
  readonly ok: boolean
  readonly value?: unknown
  readonly diagnostics: readonly Diagnostic[]
}

/** Decodes an evaluated attribute; diagnostics stand at the innermost part of the expression that is written. */
export function decodeValue(
  value: Value,
  shape: Shape,
  expression: Expression,
  path: readonly string[],
  connect: Connect,
): DecodedValue {
  switch (shape.kind) {
    case 'receivers':
      return decodeReceivers(value, shape, expression, connect)
    case 'rules': {
      const decoded = coerced(value, { kind: 'capsule', name: 'RelabelRules' }, expression)
      return { ...decoded, value: decoded.value ?? ([] as readonly RelabelRule[]) }
    }
    case 'targets': {
      const decoded = coerced(value, { kind: 'list', of: { kind: 'target' } }, expression)
      if (!decoded.ok) return decoded
      return { ...decoded, value: (decoded.value as readonly Map<string, string>[]).map((map) => Labels.ofMap(map)) }
    }
    case 'block':
    case 'blocks':
    case 'variants':
    case 'receiver':
      throw new Error(`${path.join('.')} is not an attribute`)
    default:
      return coerced(value, asSlot(shape), expression)
  }
}

type SlotOf = Parameters<typeof coerce>[1]

function asSlot(shape: Shape): SlotOf {
  switch (shape.kind) {
    case 'list':
    case 'map':
      return { kind: shape.kind, of: asSlot(shape.of) }
    case 'targets':
      return { kind: 'list', of: { kind: 'target' } }
    case 'rules':
      return { kind: 'capsule', name: 'RelabelRules' }
    case 'receivers':
    case 'receiver':
      return { kind: 'capsule', name: receiverName(shape.signal) }
    case 'block':
    case 'blocks':
    case 'variants':
      throw new Error('a block is not a value')
    default:
      return shape
  }
}

function coerced(value: Value, slot: SlotOf, expression: Expression): DecodedValue {
  const { ok, value: decoded, problems } = coerce(value, slot)
  const diagnostics = problems.map(({ severity, code, message, path }): Diagnostic => {
    const { span, rest } = innermost(expression, path)
    const subject = holdsSecret(value) || path.length > rest.length ? 'the value' : shorten(printValue(value))
    return { severity, code, message: describeProblem(subject, { path: rest, message }), span }
  })
  return { ok, ...(ok && { value: decoded }), diagnostics }
}

function decodeReceivers(
  value: Value,
  shape: Shape & { kind: 'receivers' },
  expression: Expression,
  connect: Connect,
): DecodedValue {
  const wanted = receiverName(shape.signal)
  if (value.kind !== 'array') {
    const message = `should be a list of receivers, as in [component.label.receiver], got ${value.kind}`
    return { ok: false, diagnostics: [{ severity: 'error', code: 'wrong-type', message, span: expression.span }] }
  }
  const receivers: Receiver<Signal>[] = []
  const diagnostics: Diagnostic[] = []
  value.elements.forEach((element, index) => {
    if (element.kind === 'null') return
    if (element.kind === 'capsule' && element.type === wanted && element.value instanceof ReceiverExport) {
      receivers.push(connect(element.value, shape.carries))
      return
    }
    const got = element.kind === 'capsule' ? element.type : element.kind
    const { span } = innermost(expression, [index])
    diagnostics.push({ severity: 'error', code: 'wrong-type', message: `should be ${wanted}, got ${got}`, span })
  })
  return diagnostics.length > 0 ? { ok: false, diagnostics } : { ok: true, value: receivers, diagnostics }
}

/** The innermost literal part of an expression that a path leads to, and what of the path is left. */
function innermost(
  expression: Expression,
  path: readonly (string | number)[],
): { readonly span: Span; readonly rest: readonly (string | number)[] } {
  const [step, ...rest] = path
  if (expression.kind === 'paren') return innermost(expression.inner, path)
  if (typeof step === 'number' && expression.kind === 'array' && step < expression.elements.length) {
    return innermost(expression.elements[step], rest)
  }
  if (typeof step === 'string' && expression.kind === 'object') {
    const field = expression.fields.findLast(({ name }) => name.text === step)
    if (field !== undefined) return innermost(field.value, rest)
  }
  return { span: expression.span, rest: path }
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}…` : text
}
