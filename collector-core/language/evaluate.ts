// Works out what an expression is worth. Everything wrong with it is collected, each complaint at the innermost piece of
// text it is about; nothing a user can write makes it throw.

import type { Access, ArrayLiteral, Binary, Call, Expression, Identifier, Index, ObjectLiteral, Unary } from './ast.ts'
import { coerce, describeProblem } from './coerce.ts'
import type { Diagnostic, Severity, Suggestion } from './diagnostic.ts'
import type { EvaluationEnvironment } from './evaluation-environment.ts'
import type { CallProblem } from './function-signature.ts'
import { literalValue } from './literal.ts'
import { locate } from './locate.ts'
import { toInt64 } from './number.ts'
import { applyBinary, applyUnary } from './operators.ts'
import type { OperatorProblem } from './operators.ts'
import type { Span } from './position.ts'
import { printExpression } from './printer.ts'
import type { Scope } from './scope.ts'
import type { Slot } from './slot.ts'
import { stdlibLookup, stdlibNames } from './stdlib/index.ts'
import { nearest } from './suggest.ts'
import { arrayValue, fieldsOf, nullValue, objectValue, typeName } from './value.ts'
import type { FunctionValue, Value } from './value.ts'

/** The value of an expression, absent when one of the diagnostics is an error or the expression did not parse. */
export interface Evaluation {
  readonly value?: Value
  readonly diagnostics: readonly Diagnostic[]
}

/** An expression decoded into a slot; `ok` is false when there is no value to use. */
export interface EvaluationInSlot {
  readonly ok: boolean
  /** As `coerce` decodes it: `undefined` for null, which means unset. */
  readonly value?: unknown
  readonly diagnostics: readonly Diagnostic[]
}

/** Evaluates an expression; names come from the scope first, then from the standard library. */
export function evaluate(expression: Expression, scope: Scope, environment: EvaluationEnvironment): Evaluation {
  const evaluator = new Evaluator(scope, environment)
  const value = evaluator.value(expression)
  return { ...(value && { value }), diagnostics: evaluator.diagnostics }
}

/** Evaluates an expression and decodes it for a place of known type, complaining at the innermost part that does not fit. */
export function evaluateInSlot(
  expression: Expression,
  slot: Slot,
  scope: Scope,
  environment: EvaluationEnvironment,
): EvaluationInSlot {
  const quote = isSecret(slot) ? withoutLiterals : shortText
  const evaluator = new Evaluator(scope, environment, quote)
  const value = evaluator.value(expression)
  const { diagnostics } = evaluator
  if (value === undefined) return { ok: false, diagnostics }
  const coercion = coerce(value, slot)
  const problems = coercion.problems.map(({ severity, code, path, message }): Diagnostic => {
    const place = locate(expression, path)
    const sentence = describeProblem(quote(place.expression), { path: place.rest, message })
    return { severity, code, message: sentence, span: place.expression.span }
  })
  return { ok: coercion.ok, value: coercion.value, diagnostics: [...diagnostics, ...problems] }
}

const longestQuote = 60

function shortText(expression: Expression): string {
  const text = printExpression(expression).replaceAll(/\s+/g, ' ')
  return text.length > longestQuote ? `${text.slice(0, longestQuote - 1)}…` : text
}

/** How an expression is called whose literals may be secrets. */
function withoutLiterals(expression: Expression): string {
  const isName = expression.kind === 'identifier' || expression.kind === 'access'
  return isName ? shortText(expression) : 'this value'
}

function isSecret(slot: Slot): boolean {
  if (slot.kind === 'list' || slot.kind === 'map') return isSecret(slot.of)
  return slot.kind === 'secret' || slot.kind === 'optional_secret'
}

class Evaluator {
  readonly diagnostics: Diagnostic[] = []
  private readonly scope: Scope
  private readonly environment: EvaluationEnvironment
  private readonly quote: (expression: Expression) => string

  constructor(scope: Scope, environment: EvaluationEnvironment, quote = shortText) {
    this.scope = scope
    this.environment = environment
    this.quote = quote
  }

  /** The value, or `undefined` after complaining. */
  value(expression: Expression): Value | undefined {
    switch (expression.kind) {
      case 'literal': {
        const { value, diagnostics } = literalValue(expression)
        this.diagnostics.push(...diagnostics)
        return value
      }
      case 'identifier':
        return this.identifier(expression)
      case 'array':
        return this.array(expression)
      case 'object':
        return this.object(expression)
      case 'access':
        return this.access(expression)
      case 'index':
        return this.index(expression)
      case 'call':
        return this.call(expression)
      case 'unary':
        return this.unary(expression)
      case 'binary':
        return this.binary(expression)
      case 'paren':
        return this.value(expression.inner)
      case 'error-expression':
        return undefined
    }
  }

  /** Notes something; for the convenience of callers the value that is not there is returned. */
  private complain(
    severity: Severity,
    code: string,
    message: string,
    span: Span,
    suggestion?: Suggestion,
  ): Value | undefined {
    this.diagnostics.push({ severity, code, message, span, ...(suggestion && { suggestion }) })
    return undefined
  }

  private fail(code: string, message: string, span: Span, suggestion?: Suggestion): Value | undefined {
    return this.complain('error', code, message, span, suggestion)
  }

  private identifier({ name, span }: Identifier): Value | undefined {
    const defined = this.scope.lookup(name)
    if (defined) return defined
    const value = stdlibLookup(name, this.environment)
    if (value?.kind === 'function') this.remarkFunction(value, span)
    if (value) return value
    const names = [...this.scope.names(), ...stdlibNames]
    return this.fail('unknown-identifier', `identifier "${name}" does not exist`, span, suggestName(name, names, span))
  }

  private remarkFunction({ signature }: FunctionValue, span: Span): void {
    const { name, replacedBy, stability } = signature
    if (replacedBy !== undefined) {
      this.complain('warning', 'deprecated-function', `function "${name}" is deprecated: use ${replacedBy}`, span, {
        text: `replace with ${replacedBy}`,
        edit: { span, text: replacedBy },
      })
    }
    if (stability === 'experimental') {
      const message = `function "${name}" is experimental: Alloy runs it only with --stability.level=experimental`
      this.complain('warning', 'experimental-function', message, span)
    }
  }

  private array({ elements }: ArrayLiteral): Value | undefined {
    const values = elements.map((element) => this.value(element))
    return values.every((value) => value !== undefined) ? arrayValue(values) : undefined
  }

  private object({ fields }: ObjectLiteral): Value | undefined {
    const entries = new Map<string, Value>()
    const seen = new Set<string>()
    let complete = true
    for (const { name, value: expression } of fields) {
      if (seen.has(name.text)) {
        const message = `key "${name.text}" is given twice in this object: the last value wins`
        this.complain('warning', 'duplicate-key', message, name.span)
      }
      if (name.quoted && name.raw.startsWith('"') && name.text.includes('\\')) {
        const message = `key ${name.raw} is taken with its backslashes: escape sequences mean nothing in keys`
        this.complain('warning', 'backslash-in-key', message, name.span)
      }
      seen.add(name.text)
      const value = this.value(expression)
      if (value) entries.set(name.text, value)
      else complete = false
    }
    return complete ? objectValue(entries) : undefined
  }

  private access({ of, member }: Access): Value | undefined {
    const owner = this.value(of)
    if (owner === undefined) return undefined
    const fields = fieldsOf(owner)
    if (fields === undefined) {
      const message = `${this.quote(of)} is ${article(typeName(owner))} and has no fields, so "${member.name}" cannot be read from it`
      return this.fail('no-fields', message, of.span)
    }
    const value = fields.get(member.name)
    if (value?.kind === 'function') this.remarkFunction(value, member.span)
    if (value) return value
    const suggestion = suggestName(member.name, fields.keys(), member.span)
    return this.fail(
      'unknown-field',
      `field "${member.name}" does not exist in ${this.quote(of)}`,
      member.span,
      suggestion,
    )
  }

  private index({ of, at }: Index): Value | undefined {
    const owner = this.value(of)
    const key = this.value(at)
    if (owner === undefined || key === undefined) return undefined
    if (owner.kind === 'array') {
      if (key.kind !== 'number') return this.wrongType(at, 'number', key)
      const position = toInt64(key)
      const element = position < 0n ? undefined : owner.elements.at(Number(position))
      if (element) return element
      const { length } = owner.elements
      const range = length === 0 ? 'it is empty' : `it has the indexes 0 to ${length - 1}`
      return this.fail('index-out-of-range', `index ${position} is not in ${this.quote(of)}: ${range}`, at.span)
    }
    const fields = fieldsOf(owner)
    if (fields === undefined) return this.wrongType(of, 'array or object', owner)
    if (key.kind !== 'string') return this.wrongType(at, 'string', key)
    return fields.get(key.text) ?? nullValue
  }

  private call({ callee, args }: Call): Value | undefined {
    const target = this.value(callee)
    const values = args.map((arg) => this.value(arg))
    if (target === undefined) return undefined
    if (target.kind !== 'function') return this.wrongType(callee, 'function', target)
    if (!values.every((value) => value !== undefined)) return undefined
    const result = target.invoke(values, this.environment)
    if ('problem' in result) return this.remarkCall('error', callee, args, result.problem)
    for (const warning of result.warnings ?? []) this.remarkCall('warning', callee, args, warning)
    return result.value
  }

  private remarkCall(
    severity: Severity,
    callee: Expression,
    args: readonly Expression[],
    problem: CallProblem,
  ): Value | undefined {
    const { code, message, argument, path = [] } = problem
    if (argument === undefined || argument >= args.length) {
      return this.complain(severity, code, `${this.quote(callee)} ${message}`, callee.span)
    }
    const place = locate(args[argument], path)
    const sentence = describeProblem(this.quote(place.expression), { path: place.rest, message })
    return this.complain(severity, code, sentence, place.expression.span)
  }

  private unary({ operator, operand }: Unary): Value | undefined {
    const value = this.value(operand)
    if (value === undefined) return undefined
    const result = applyUnary(operator, value)
    if ('problem' in result) return this.remarkOperand('error', operand, result.problem)
    return result.value
  }

  private binary({ operator, left: leftSide, right: rightSide }: Binary): Value | undefined {
    const left = this.value(leftSide)
    const right = this.value(rightSide)
    if (left === undefined || right === undefined) return undefined
    const result = applyBinary(operator, left, right)
    const problem = 'problem' in result ? result.problem : result.warning
    if (problem) {
      const side = problem.side === 'left' ? leftSide : rightSide
      const mixed = operator === '+' && [left.kind, right.kind].sort().join() === 'number,string'
      const hint = mixed
        ? { text: 'numbers do not turn into text by themselves: use string.format("%v", …)' }
        : undefined
      this.remarkOperand('problem' in result ? 'error' : 'warning', side, problem, hint)
    }
    return result.value
  }

  private remarkOperand(
    severity: Severity,
    side: Expression,
    problem: OperatorProblem,
    hint?: Suggestion,
  ): Value | undefined {
    return this.complain(severity, problem.code, `${this.quote(side)} ${problem.message}`, side.span, hint)
  }

  private wrongType(expression: Expression, wanted: string, got: Value): Value | undefined {
    return this.fail(
      'wrong-type',
      `${this.quote(expression)} should be ${wanted}, got ${typeName(got)}`,
      expression.span,
    )
  }
}

function article(noun: string): string {
  return noun === 'null' ? noun : /^[aeiou]/.test(noun) ? `an ${noun}` : `a ${noun}`
}

function suggestName(name: string, candidates: Iterable<string>, span: Span): Suggestion | undefined {
  const found = nearest(name, candidates)
  return found === undefined ? undefined : { text: `did you mean "${found}"?`, edit: { span, text: found } }
}
