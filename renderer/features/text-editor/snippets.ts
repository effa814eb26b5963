import type { Field, Fields } from '../../../collector-core/schema/field.ts'
import type { Definition } from '../../../collector-core/schema/definition.ts'
import { quote } from '../../../collector-core/language/print-value.ts'
import type { Shape } from '../../../collector-core/schema/shape.ts'

/** A component with its required arguments, as a snippet whose first field is the label. */
export function componentSnippet({ name, arguments: fields }: Definition, label: string): string {
  return `${name} "\${${label}}" {\n${requiredLines(fields, 1)}}`
}

/** What is written for an argument: a value to fill in, or a block with its required arguments. */
export function argumentSnippet(name: string, field: Field): string {
  const { shape } = field
  if (shape.kind === 'block' || shape.kind === 'blocks') return blockSnippet(name, shape.fields)
  return `${name} = ${valueSnippet(shape)}`
}

export function blockSnippet(name: string, fields: Fields): string {
  const required = requiredLines(fields, 1)
  return `${name} {\n${required === '' ? '\t${}\n' : required}}`
}

function requiredLines(fields: Fields, depth: number): string {
  const indent = '\t'.repeat(depth)
  return Object.entries(fields)
    .filter(([, field]) => isRequired(field))
    .map(([name, { shape }]) =>
      shape.kind === 'block' || shape.kind === 'blocks'
        ? `${indent}${name} {\n${requiredLines(shape.fields, depth + 1)}${indent}}\n`
        : `${indent}${name} = ${valueSnippet(shape)}\n`,
    )
    .join('')
}

/** Whether an argument has to be written. */
export function isRequired({ shape, required }: Field): boolean {
  if (shape.kind === 'block') return shape.presence === 'required'
  return shape.kind === 'blocks' ? shape.min > 0 : required
}

function valueSnippet(shape: Shape): string {
  switch (shape.kind) {
    case 'string':
    case 'regex':
    case 'duration':
    case 'bytes':
    case 'secret':
    case 'optional_secret':
      return '"${}"'
    case 'choice':
      return `\${${quote(shape.values[0])}}`
    case 'bool':
      return '${true}'
    case 'list':
    case 'receivers':
    case 'targets':
      return '[${}]'
    case 'map':
      return '{${}}'
    default:
      return '${}'
  }
}
