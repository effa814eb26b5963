import { expect, test } from 'vitest'
import { catalog } from '../../../../collector-core/catalog.ts'
import { checkConfig } from '../../../../collector-core/graph/check.ts'
import type { EditResult } from '../../../../collector-core/language/edit-result.ts'
import { parse } from '../../../../collector-core/language/parser.ts'
import { applyEdits } from '../../../../collector-core/language/text-edit.ts'
import type { BlockPath } from '../../../../collector-core/language/walk.ts'
import { blocksOf } from '../../../../collector-core/language/walk.ts'
import type { Fields } from '../../../../collector-core/schema/field.ts'
import type { Shape } from '../../../../collector-core/schema/shape.ts'
import { addInnerBlock, moveBlock, moveItem, removeValue, renameKey, setValue } from './form-edit.ts'
import type { ValueAddress } from './form-edit.ts'
import { scalarExpression } from './literal-of.ts'

const environment = { env: () => undefined, hostname: 'here', os: 'linux', arch: 'amd64', version: 'v0' }

function changed(text: string, result: EditResult): string {
  if (result.kind === 'refused') throw new Error(result.reason)
  return applyEdits(text, result.edits)
}

const config = `// head
prometheus.scrape "a" { // opens
	targets    = [{"__address__" = "x:1", job = "j"}, ] // list
	forward_to = [] /* none */

	params = { a = ["1", "2"], b = [] }
}
`
const at = (attribute: string, ...steps: (string | number)[]): ValueAddress => ({
  block: [{ name: 'prometheus.scrape', label: 'a' }],
  attribute,
  steps,
})

test.each<[string, (parsed: ReturnType<typeof parse>) => EditResult, string, string]>([
  ['a value inside a list', (p) => setValue(p, at('targets', 0, 'job'), '"k"'), 'job = "j"', 'job = "k"'],
  ['a new field', (p) => setValue(p, at('targets', 0, 'x'), '"y"'), '"j"}', '"j", x = "y"}'],
  ['a new key', (p) => renameKey(p, at('targets', 0, 'job'), 'team-x'), 'job = "j"', '"team-x" = "j"'],
  ['a field taken away', (p) => removeValue(p, at('targets', 0, 'job')), ', job = "j"', ''],
  ['an item moved', (p) => moveItem(p, at('params', 'a'), 0, 1), '"1", "2"', '"2", "1"'],
  ['an item added', (p) => setValue(p, at('params', 'b', 0), '"3"'), 'b = []', 'b = ["3"]'],
  ['an item taken away', (p) => removeValue(p, at('params', 'a', 0)), '"1", ', ''],
])('%s changes only that', (_what, edit, from, to) => {
  expect(changed(config, edit(parse(config)))).toBe(config.replace(from, to))
})

test('a value of an argument that is not written yet is written with what is around it', () => {
  const text = changed(config, setValue(parse(config), at('scrape_protocols', 0), '"PrometheusProto"'))
  expect(text).toContain('\tscrape_protocols = ["PrometheusProto"]\n')
})

test('an expression is never overwritten by something added to it', () => {
  const text = config.replace('params = { a = ["1", "2"], b = [] }', 'params = sys.env("X")')
  expect(setValue(parse(text), at('params', 'c'), '[]').kind).toBe('refused')
})

test('stages are added at the end of their family and change places across their names', () => {
  const text = 'loki.process "p" {\n\tforward_to = []\n\n\tstage.json {\n\t\texpressions = {a = ""}\n\t}\n}\n'
  const path: BlockPath = [{ name: 'loki.process', label: 'p' }]
  const added = changed(text, addInnerBlock(parse(text), path, 'stage.drop', 'stage.drop {\n\tvalue = "x"\n}'))
  expect(added).toBe(text.replace('\t}\n}\n', '\t}\n\n\tstage.drop {\n\t\tvalue = "x"\n\t}\n}\n'))
  const moved = changed(added, moveBlock(parse(added), [...path, { name: 'stage.drop' }], -1))
  expect(moved.indexOf('stage.drop')).toBeLessThan(moved.indexOf('stage.json'))
  expect(changed(moved, moveBlock(parse(moved), [...path, { name: 'stage.drop' }], 1))).toBe(added)
})

/** A value the shape takes, as the form writes it; undefined where the form offers references only. */
function valueFor(shape: Shape): string | undefined {
  switch (shape.kind) {
    case 'string':
    case 'secret':
    case 'optional_secret':
      return scalarExpression('text', shape)
    case 'regex':
      return scalarExpression('a\\d+', shape)
    case 'duration':
      return scalarExpression('7s', shape)
    case 'bytes':
      return scalarExpression('7KiB', shape)
    case 'bool':
      return scalarExpression('true', shape)
    case 'integer':
      return scalarExpression(String(Math.max(shape.min ?? 0, Math.min(7, shape.max ?? 7))), shape)
    case 'float':
      return scalarExpression(String(Math.max(shape.min ?? 0, Math.min(0.5, shape.max ?? 0.5))), shape)
    case 'choice':
      return scalarExpression(shape.values[0], shape)
    case 'any':
      return '"text"'
    case 'list': {
      const item = valueFor(shape.of)
      return item === undefined ? undefined : `[${item}]`
    }
    case 'map': {
      const item = valueFor(shape.of)
      return item === undefined ? undefined : `{a = ${item}}`
    }
    case 'targets':
    case 'receivers':
      return '[]'
    default:
      return undefined
  }
}

/** What the decoder says against names and values, not what one argument has against another. */
const refusals = (text: string): string[] =>
  checkConfig([{ file: 'a', text }], catalog, environment)
    .diagnostics.filter(
      ({ code }) =>
        ![
          'invalid-argument',
          'missing-attribute',
          'missing-block',
          'unsupported-argument',
          'ignored-argument',
        ].includes(code),
    )
    .map(({ code, message }) => `${code}: ${message}`)

let written = 0

function writeAll(component: string, fields: Fields, start: string, path: BlockPath, depth: number): void {
  for (const [name, { shape }] of Object.entries(fields)) {
    if (shape.kind === 'block' || shape.kind === 'blocks') {
      if (depth > 3) continue
      const withBlock = changed(start, addInnerBlock(parse(start), path, name))
      expect(refusals(withBlock), `${component} ${name}`).toEqual([])
      writeAll(component, shape.fields, withBlock, [...path, { name }], depth + 1)
      continue
    }
    if (shape.kind === 'variants') {
      if (depth > 1) continue
      for (const [member, inner] of Object.entries(shape.of())) {
        const block = `${shape.prefix}.${member}`
        const withBlock = changed(start, addInnerBlock(parse(start), path, block))
        writeAll(component, inner, withBlock, [...path, { name: block }], depth + 2)
      }
      continue
    }
    const value = valueFor(shape)
    if (value === undefined) continue
    const place = { block: path, attribute: name, steps: [] }
    const cleared = changed(start, removeValue(parse(start), place))
    const text = changed(cleared, setValue(parse(cleared), place, value))
    const before = cleared.split('\n')
    const added = text.split('\n').filter((line) => line.trim() === `${name} = ${value}`)
    expect(added, `${component} ${name}`).toHaveLength(1)
    const kept = text.split('\n').filter((line) => line.trim() !== '' && line.trim() !== `${name} = ${value}`)
    const expected = before.filter((line) => line.trim() !== '')
    if (!cleared.includes('{ }')) expect(kept).toEqual(expected)
    expect(refusals(text), `${component} ${name} = ${value}`).toEqual([])
    expect(changed(text, removeValue(parse(text), place)).replaceAll(/\s/g, '')).toBe(cleared.replaceAll(/\s/g, ''))
    written++
  }
}

test.each([...catalog.components.values()].map((definition) => [definition.name, definition] as const))(
  'every argument of %s can be set and reset, changes its own line only, and is accepted',
  (name, definition) => {
    const text = `${name} "x" {\n\t// kept\n}\n`
    expect(blocksOf(parse(text).tree.body)).toHaveLength(1)
    const before = written
    writeAll(name, definition.arguments, text, [{ name, label: 'x' }], 0)
    if (Object.keys(definition.arguments).length > 0) expect(written).toBeGreaterThan(before)
  },
)
