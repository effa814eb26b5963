import type { Expression } from '../language/ast.ts'
import type { Diagnostic, Suggestion } from '../language/diagnostic.ts'
import { evaluate, evaluateInSlot } from '../language/evaluate.ts'
import type { EvaluationEnvironment } from '../language/evaluation-environment.ts'
import { locate } from '../language/locate.ts'
import { printExpression } from '../language/printer.ts'
import type { Scope } from '../language/scope.ts'
import type { Slot } from '../language/slot.ts'
import type { Value } from '../language/value.ts'
import { receiverName } from '../schema/shape.ts'
import type { Shape } from '../schema/shape.ts'
import { Labels } from '../signal/labels.ts'
import type { OtlpKind } from '../signal/otlp-batch.ts'
import type { Receiver, Signal } from '../signal/receiver.ts'
import { ReceiverExport } from './export-value.ts'

/** Gives the receiver to send into: an edge to the one exported. */
export type Connect = (to: ReceiverExport, carries: OtlpKind | undefined) => Receiver<Signal>

/** What expressions are evaluated with. */
export interface ExpressionContext {
  readonly scope: Scope
  readonly environment: EvaluationEnvironment
  readonly connect: Connect
}

/** A decoded attribute; `value` is undefined for null, which means unset. Nothing is usable unless `ok`. */
export interface DecodedValue {
  readonly ok: boolean
  readonly value?: unknown
  readonly diagnostics: readonly Diagnostic[]
}

/** Evaluates an attribute's expression and decodes it; diagnostics stand at the innermost part that is written. */
export function decodeExpression(expression: Expression, shape: Shape, context: ExpressionContext): DecodedValue {
  const { scope, environment } = context
  if (shape.kind === 'receivers') {
    const { value, diagnostics } = evaluate(expression, scope, environment)
    if (value === undefined) return { ok: false, diagnostics }
    const decoded = decodeReceivers(value, shape, expression, context.connect)
    return { ...decoded, diagnostics: [...diagnostics, ...decoded.diagnostics] }
  }
  const decoded = evaluateInSlot(expression, slotOf(shape), scope, environment)
  if (shape.kind !== 'targets' || !decoded.ok || decoded.value === undefined) return decoded
  return { ...decoded, value: (decoded.value as readonly Map<string, string>[]).map((map) => Labels.ofMap(map)) }
}

/** The language's slot for an attribute's shape. */
function slotOf(shape: Shape): Slot {
  switch (shape.kind) {
    case 'list':
      return { kind: 'list', of: slotOf(shape.of) }
    case 'map':
      return { kind: 'map', of: slotOf(shape.of) }
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

function decodeReceivers(
  value: Value,
  shape: Shape & { kind: 'receivers' },
  expression: Expression,
  connect: Connect,
): DecodedValue {
  const wanted = receiverName(shape.signal)
  const wrong = (message: string, at: Expression): Diagnostic => ({
    severity: 'error',
    code: 'wrong-type',
    message,
    span: at.span,
  })
  if (value.kind === 'null') return { ok: true, diagnostics: [] }
  if (value.kind !== 'array') {
    const got = value.kind === 'capsule' ? value.type : value.kind
    const problem = wrong(`should be a list of receivers, as in [component.label.receiver], got ${got}`, expression)
    const bare = value.kind === 'capsule' && value.type === wanted
    return { ok: false, diagnostics: [bare ? { ...problem, suggestion: inBrackets(expression) } : problem] }
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
    diagnostics.push(wrong(`should be ${wanted}, got ${got}`, locate(expression, [index]).expression))
  })
  return diagnostics.length > 0 ? { ok: false, diagnostics } : { ok: true, value: receivers, diagnostics }
}

function inBrackets(expression: Expression): Suggestion {
  const text = `[${printExpression(expression)}]`
  return { text: `write ${text}`, edit: { span: expression.span, text } }
}
