import { compareNumbers } from './number.ts'
import { secretIn } from './value.ts'
import type { Value } from './value.ts'

/**
 * Equality as `==` sees it: numbers by value, lists and objects by content, a secret and a string by text, functions
 * never, other capsules by their own equality, everything else of different types unequal.
 */
export function valuesEqual(left: Value, right: Value): boolean {
  const leftText = comparableText(left)
  if (leftText !== undefined) return leftText === comparableText(right)
  switch (left.kind) {
    case 'null':
      return right.kind === 'null'
    case 'bool':
      return right.kind === 'bool' && left.value === right.value
    case 'number':
      return right.kind === 'number' && compareNumbers(left, right) === 0
    case 'array':
      return (
        right.kind === 'array' &&
        left.elements.length === right.elements.length &&
        left.elements.every((element, index) => valuesEqual(element, right.elements[index]))
      )
    case 'object':
      return right.kind === 'object' && fieldsEqual(left.fields, right.fields)
    case 'capsule':
      return (
        right.kind === 'capsule' &&
        left.type === right.type &&
        (left.equals ? left.equals(right.value) : left.value === right.value)
      )
    case 'string':
    case 'function':
      return false
  }
}

function comparableText(value: Value): string | undefined {
  return value.kind === 'string' ? value.text : secretIn(value)?.reveal()
}

function fieldsEqual(left: ReadonlyMap<string, Value>, right: ReadonlyMap<string, Value>): boolean {
  if (left.size !== right.size) return false
  for (const [key, value] of left) {
    const other = right.get(key)
    if (other === undefined || !valuesEqual(value, other)) return false
  }
  return true
}
