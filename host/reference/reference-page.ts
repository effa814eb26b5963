// The reference page of a component, derived from its definition; docs/reference holds one per component.
import { formatByteSize } from '../../collector-core/language/byte-size.ts'
import { formatDuration } from '../../collector-core/language/duration.ts'
import type { ConfigBlockDefinition, Definition } from '../../collector-core/schema/definition.ts'
import type { Field, Fields } from '../../collector-core/schema/field.ts'
import { shapeName } from '../../collector-core/schema/shape.ts'

/** Markdown: summary, arguments, blocks, exports, example. */
export function referencePage(definition: Definition | ConfigBlockDefinition): string {
  const sections = [`# ${definition.name}`, definition.summary]
  if ('stability' in definition && definition.stability !== 'generally-available') {
    sections.push(`Stability in Alloy: ${definition.stability}. Weir runs it without a flag.`)
  }
  sections.push('## Arguments', ...fieldSections(definition.arguments, []))
  if ('exports' in definition && Object.keys(definition.exports).length > 0) {
    sections.push('## Exports', exportTable(definition.exports))
  }
  sections.push('## Example', `\`\`\`alloy\n${definition.example.trim()}\n\`\`\``)
  return `${sections.join('\n\n')}\n`
}

function fieldSections(fields: Fields, path: readonly string[]): string[] {
  const sections: string[] = []
  const attributes = Object.entries(fields).filter(([, { shape }]) => !isBlock(shape.kind))
  if (attributes.length > 0) sections.push(attributeTable(attributes))
  else if (path.length === 0 && Object.keys(fields).length === 0) sections.push('None.')
  for (const [name, field] of Object.entries(fields)) sections.push(...blockSections(name, field, path))
  return sections
}

function blockSections(name: string, field: Field, path: readonly string[]): string[] {
  const { shape } = field
  const at = [...path, name]
  const heading = `### ${at.map((part) => `\`${part}\``).join(' › ')}`
  switch (shape.kind) {
    case 'block':
      return [
        heading,
        `${field.doc} ${shape.presence === 'required' ? 'Required.' : 'Optional.'}${supportNote(field)}`,
        ...fieldSections(shape.fields, at),
      ]
    case 'blocks':
      return [
        heading,
        `${field.doc} May be repeated${shape.min > 0 ? `, at least ${shape.min}` : ''}.${supportNote(field)}`,
        ...fieldSections(shape.fields, at),
      ]
    case 'variants': {
      const members = Object.entries(shape.of())
      const nested = path.length > 0
      if (nested) return [heading, `${field.doc} The same \`${shape.prefix}.*\` blocks as above.`]
      return [
        heading,
        field.doc,
        ...members.flatMap(([variant, inner]) => [
          `### \`${shape.prefix}.${variant}\``,
          ...fieldSections(inner, [`${shape.prefix}.${variant}`]),
        ]),
      ]
    }
    default:
      return []
  }
}

const isBlock = (kind: string): boolean => kind === 'block' || kind === 'blocks' || kind === 'variants'

function attributeTable(attributes: readonly (readonly [string, Field])[]): string {
  const rows = attributes.map(([name, field]) => {
    const notes = `${field.stability === 'deprecated' ? ' Deprecated.' : ''}${supportNote(field)}`
    const type = cell(shapeName(field.shape))
    return `| \`${name}\` | ${type} | ${cell(defaultText(field))} | ${cell(`${field.doc}${notes}`)} |`
  })
  return ['| Name | Type | Default | Meaning |', '| --- | --- | --- | --- |', ...rows].join('\n')
}

function exportTable(exports: Fields): string {
  const rows = Object.entries(exports).map(
    ([name, { shape, doc }]) => `| \`${name}\` | ${cell(shapeName(shape))} | ${cell(doc)} |`,
  )
  return ['| Name | Type | Meaning |', '| --- | --- | --- |', ...rows].join('\n')
}

function supportNote({ support }: Field): string {
  if (support === undefined) return ''
  return support.level === 'ignored' ? ` No effect in Weir: ${support.reason}.` : ` Not supported: ${support.reason}.`
}

function defaultText(field: Field): string {
  if (field.required) return 'required'
  const value = field.default
  if (value === undefined) return ''
  switch (field.shape.kind) {
    case 'duration':
      return `"${formatDuration(value as number)}"`
    case 'bytes':
      return `"${formatByteSize(value as number)}"`
    default:
      return value instanceof Map ? '{}' : JSON.stringify(value)
  }
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ')
