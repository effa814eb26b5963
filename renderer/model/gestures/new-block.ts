// The text of a component that was just added: what it cannot do without, and an address where it has one.
import { catalog } from '../../../collector-core/catalog.ts'
import type { Block, Body } from '../../../collector-core/language/ast.ts'
import { parse } from '../../../collector-core/language/parser.ts'
import { sourceOf } from '../../../collector-core/language/printer.ts'
import { quote } from '../../../collector-core/language/print-value.ts'
import { attributeOf, blocksOf } from '../../../collector-core/language/walk.ts'
import type { Definition } from '../../../collector-core/schema/definition.ts'
import type { Fields } from '../../../collector-core/schema/field.ts'
import type { Shape } from '../../../collector-core/schema/shape.ts'
import { portsOf } from '../ports.ts'

/** A block for the catalog's component of this name, with LF and one tab per level. */
export function newBlock(name: string, label: string): string {
  const definition = catalog.components.get(name)
  const lines = definition ? needed(definition.arguments, exampleOf(definition)) : known(name)
  return block(`${name} ${quote(label)}`, lines)
}

function block(head: string, lines: readonly string[]): string {
  if (lines.length === 0) return `${head} { }`
  return `${head} {\n${lines.map((line) => `\t${line.replaceAll('\n', '\n\t')}`).join('\n')}\n}`
}

interface Example {
  readonly text: string
  readonly body: Body | undefined
}

function exampleOf({ name, example }: Definition): Example {
  const { tree, text } = parse(example)
  return { text, body: blocksOf(tree.body).find((one) => one.name.text === name)?.body }
}

function needed(fields: Fields, { text, body }: Example): string[] {
  return Object.entries(fields).flatMap(([name, { shape, required }]): string[] => {
    const shown = body && blocksOf(body).find((one) => one.name.text === name)
    if (shown && hasAddress(shown)) return [sourceOf(text, shown).replaceAll('\n\t', '\n')]
    const inside = { text, body: shown?.body }
    if (shape.kind === 'block' && shape.presence === 'required') return [block(name, needed(shape.fields, inside))]
    if (shape.kind === 'blocks' && shape.min > 0) return [block(name, needed(shape.fields, inside))]
    if (!required) return []
    const value = body && attributeOf(body, name)?.value
    const literal = value?.kind === 'literal' && value.type === 'string'
    return [`${name} = ${literal ? value.raw : emptyOf(shape)}`]
  })
}

/** Whether a block of the example says where data comes from or goes to; an empty one would say nothing. */
const hasAddress = (shown: Block): boolean =>
  ['endpoint', 'client', 'grpc', 'http'].includes(shown.name.text) &&
  ['url', 'endpoint'].some((name) => attributeOf(shown.body, name) !== undefined)

function emptyOf(shape: Shape): string {
  switch (shape.kind) {
    case 'list':
    case 'targets':
    case 'receivers':
    case 'rules':
      return '[]'
    case 'map':
      return '{}'
    case 'bool':
      return 'false'
    case 'integer':
    case 'float':
      return String(shape.min ?? 0)
    case 'duration':
      return '"1m"'
    case 'choice':
      return quote(shape.values[0])
    default:
      return '""'
  }
}

function known(name: string): string[] {
  const ports = portsOf(undefined, catalog.known.get(name))
  const top = ports.flatMap(({ argument }) => (argument?.length === 1 ? [`${argument[0]} = []`] : []))
  return ports.some(({ argument }) => argument?.length === 2) ? [...top, 'output { }'] : top
}
