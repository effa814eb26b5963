import type { ComponentType } from 'react'
import type { Expression } from '../../../../collector-core/language/ast.ts'
import type { Shape } from '../../../../collector-core/schema/shape.ts'
import { useForm } from './form-context.ts'
import { removeValue, setValue } from './form-edit.ts'
import type { ValueAddress } from './form-edit.ts'
import { controlFor, referencesIn, scalarExpression, scalarText } from './literal-of.ts'

export interface ValueProps {
  readonly shape: Shape
  readonly at: ValueAddress
  /** What is written there; undefined when nothing is. */
  readonly expression: Expression | undefined
  /** The value's name for people. */
  readonly name: string
  readonly placeholder?: string
  readonly invalid?: boolean
}

/** What a control of several values is given to draw each of them with. */
export interface PartedValueProps extends ValueProps {
  readonly Value: ComponentType<ValueProps>
}

/** Whether a value can be edited by the control of its shape, rather than as an expression. */
export function isPlain(shape: Shape, expression: Expression | undefined): boolean {
  const kind = controlFor(shape)
  if (kind === undefined || kind === 'reference') return false
  if (expression === undefined) return true
  if (kind === 'list') return expression.kind === 'array' && expression.close !== undefined
  if (kind === 'map') return expression.kind === 'object' && expression.close !== undefined
  if (kind !== 'references') return scalarText(expression, shape) !== undefined
  const written = shape.kind === 'targets' && expression.kind === 'array' && expression.close !== undefined
  return written || referencesIn(expression, shape) !== undefined
}

/** Sets a scalar by its text; an emptied argument goes back to its default. */
export function useScalar({ shape, at }: Pick<ValueProps, 'shape' | 'at'>): (text: string) => undefined {
  const { change } = useForm()
  return (text) => {
    change((parsed) =>
      text === '' && at.steps.length === 0
        ? removeValue(parsed, at)
        : setValue(parsed, at, scalarExpression(text, shape)),
    )
  }
}
