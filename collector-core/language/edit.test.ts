import { describe, expect, test } from 'vitest'
import { removeAttribute, setAttribute } from './edit-attribute.ts'
import { addBlock, removeBlock } from './edit-block.ts'
import { connect, disconnect } from './edit-connection.ts'
import { disableBlock, disabledBlocks, enableBlock } from './edit-disable.ts'
import { renameLabel } from './edit-label.ts'
import type { EditResult } from './edit-result.ts'
import { parse } from './parser.ts'
import type { Parsed } from './parser.ts'
import { applyEdits } from './text-edit.ts'
import type { BlockPath } from './walk.ts'

/** The text after an edit, checked to parse; or the refusal. */
function after(text: string, edit: (parsed: Parsed) => EditResult): string {
  const parsed = parse(text)
  expect(parsed.diagnostics).toEqual([])
  const result = edit(parsed)
  if (result.kind === 'refused') return `refused: ${result.reason}`
  const edited = applyEdits(text, result.edits)
  expect(parse(edited).diagnostics).toEqual([])
  return edited
}

const a: BlockPath = [{ name: 'a', label: 'x' }]

describe('setAttribute', () => {
  test.each<[string, BlockPath, string, string, string]>([
    ['a "x" {\n  b = 1 // keep\n}\n', a, 'b', '2', 'a "x" {\n  b = 2 // keep\n}\n'],
    ['a "x" {\n  b   =   1\n}\n', a, 'b', '1', 'a "x" {\n  b   =   1\n}\n'],
    ['a "x" {\n  b = 1\n}\n', a, 'c', '2', 'a "x" {\n  b = 1\n  c = 2\n}\n'],
    ['a "x" {\n\tb = 1 // keep\n\n\td { }\n}\n', a, 'c', '2', 'a "x" {\n\tb = 1 // keep\n\tc = 2\n\n\td { }\n}\n'],
    ['a "x" {\n  d {\n  }\n}\n', a, 'c', '2', 'a "x" {\n  c = 2\n\n  d {\n  }\n}\n'],
    ['a "x" { }', a, 'c', '2', 'a "x" {\n\tc = 2\n}'],
    ['a "x" {\r\n}\r\n', a, 'c', '2', 'a "x" {\r\n\tc = 2\r\n}\r\n'],
    ['a "x" { b = 1 }\n', a, 'c', '2', 'a "x" {\n\tb = 1\n\tc = 2\n}\n'],
    ['a "x" { // why\n}\n', a, 'c', '2', 'a "x" { // why\n\tc = 2\n}\n'],
    ['a "x" {\n  b = 1\n  // last\n}\n', a, 'c', '2', 'a "x" {\n  b = 1\n  c = 2\n  // last\n}\n'],
    ['a "x" {\n  b = 1\n}\n', a, 'c', '[\n\t1,\n]', 'a "x" {\n  b = 1\n  c = [\n    1,\n  ]\n}\n'],
    [
      'a "x" {\r\n  b = 1\r\n}\r\n',
      a,
      'b',
      '{\n\tk = `r\ns`,\n}',
      'a "x" {\r\n  b = {\r\n    k = `r\ns`,\r\n  }\r\n}\r\n',
    ],
    ['a "x" {\n  d {\n    e = 1\n  }\n}\n', [...a, { name: 'd' }], 'e', '2', 'a "x" {\n  d {\n    e = 2\n  }\n}\n'],
    [
      'a "x" {\n  b = 1\n}\n',
      [...a, { name: 'client' }, { name: 'tls' }],
      'insecure',
      'true',
      'a "x" {\n  b = 1\n\n  client {\n    tls {\n      insecure = true\n    }\n  }\n}\n',
    ],
    [
      'a "x" {\n  r { }\n\n  r { }\n}\n',
      [...a, { name: 'r', nth: 1 }],
      'b',
      '1',
      'a "x" {\n  r { }\n\n  r {\n    b = 1\n  }\n}\n',
    ],
    ['', [], 'b', '1', 'b = 1\n'],
    ['a "x" { }\n', [{ name: 'nope' }, { name: 'b' }], 'c', '1', 'refused: there is no block nope'],
    ['a "x" { }\n', a, 'c', '[1', 'refused: the value cannot be read: "[" is not closed: "]" is missing'],
    [
      'a "x" { }\n',
      a,
      'c',
      '1\nd = 2',
      'refused: the value cannot be read: expected nothing more after the value, got "d"',
    ],
    ['a "x" { }\n', a, 'c', '1 // c', 'refused: the value must not hold a line comment'],
  ])('%j %j %s = %j', (text, path, name, value, expected) => {
    expect(after(text, (parsed) => setAttribute(parsed, path, name, value))).toBe(expected)
  })
})

describe('removeAttribute', () => {
  test.each([
    ['a "x" {\n  b = 1 // gone\n  c = 2\n}\n', 'a "x" {\n  c = 2\n}\n'],
    ['a "x" {\n  c = 2\n  b = [\n    1,\n  ]\n}\n', 'a "x" {\n  c = 2\n}\n'],
    ['a "x" {\n  // stays\n  b = 1\n}\n', 'a "x" {\n  // stays\n}\n'],
    ['a "x" {\n  c = 2\n\n  b = 1\n\n  d = 3\n}\n', 'a "x" {\n  c = 2\n\n  d = 3\n}\n'],
    ['a "x" {\n  b = 1\n\n  d = 3\n}\n', 'a "x" {\n  d = 3\n}\n'],
    ['a "x" {\n  c = 1\n\n  b = 3\n}\n', 'a "x" {\n  c = 1\n}\n'],
    ['a "x" { b = 1 }\n', 'a "x" { }\n'],
    ['a "x" {\r\n  b = 1\r\n}\r\n', 'a "x" {\r\n}\r\n'],
    ['a "x" { }', 'a "x" { }'],
  ])('%j', (text, expected) => {
    expect(after(text, (parsed) => removeAttribute(parsed, a, 'b'))).toBe(expected)
  })
})

describe('addBlock', () => {
  const piece = 'n "y" {\n\tp = 1\n}'
  test.each([
    ['', { endOf: [] }, 'n "y" {\n\tp = 1\n}\n'],
    ['a "x" {\n  b = 1\n}\n', { endOf: [] }, 'a "x" {\n  b = 1\n}\n\nn "y" {\n  p = 1\n}\n'],
    ['a "x" { }', { endOf: [] }, 'a "x" { }\n\nn "y" {\n\tp = 1\n}'],
    ['a "x" { }\n// end\n', { endOf: [] }, 'a "x" { }\n// end\n\nn "y" {\n\tp = 1\n}\n'],
    ['a "x" { } // c\nb { }\n', { after: a }, 'a "x" { } // c\n\nn "y" {\n\tp = 1\n}\n\nb { }\n'],
    ['a "x" { }\n\nb { }\n', { after: a }, 'a "x" { }\n\nn "y" {\n\tp = 1\n}\n\nb { }\n'],
    ['a "x" { }\n', { endOf: a }, 'a "x" {\n\tn "y" {\n\t\tp = 1\n\t}\n}\n'],
    ['a "x" {\n  b = 1\n}\n', { endOf: a }, 'a "x" {\n  b = 1\n\n  n "y" {\n    p = 1\n  }\n}\n'],
    ['a "x" {\r\n  b = 1\r\n}\r\n', { endOf: a }, 'a "x" {\r\n  b = 1\r\n\r\n  n "y" {\r\n    p = 1\r\n  }\r\n}\r\n'],
    ['a "x" { b = 1 }\n', { endOf: a }, 'a "x" {\n\tb = 1\n\n\tn "y" {\n\t\tp = 1\n\t}\n}\n'],
    ['a "x" { }\n', { endOf: [{ name: 'z' }] }, 'refused: there is no closed block z to add to'],
    ['a "x" { }\n', { after: [{ name: 'z' }] }, 'refused: there is no closed block z to add to'],
  ])('%j %j', (text, place, expected) => {
    expect(after(text, (parsed) => addBlock(parsed, place, piece))).toBe(expected)
  })

  test('two spaces per level become the tabs of the file', () => {
    const text = 'a {\n\tb = 1\n}\n'
    const added = 'n {\n  // why\n  p {\n    q = `x\n  y`\n  }\n}'
    expect(after(text, (parsed) => addBlock(parsed, { endOf: [] }, added))).toBe(
      `${text}\nn {\n\t// why\n\tp {\n\t\tq = \`x\n  y\`\n\t}\n}\n`,
    )
  })

  test('what cannot be read is not added', () => {
    expect(after('', (parsed) => addBlock(parsed, { endOf: [] }, 'n {'))).toBe(
      'refused: the block cannot be read: this block is not closed: "}" is missing',
    )
  })
})

describe('removeBlock', () => {
  test.each([
    ['a "x" {\n  b = 1\n}\n', ''],
    ['p { }\n\na "x" { }\n\nq { }\n', 'p { }\n\nq { }\n'],
    ['p { }\n\na "x" { }\n', 'p { }\n'],
    ['a "x" { } // c\n\nq { }\n', 'q { }\n'],
    ['p { }\n\n// about a\n// more\na "x" { }\n\nq { }\n', 'p { }\n\nq { }\n'],
    ['p { }\n\n/* about\n a */\na "x" { }\n', 'p { }\n'],
    ['p { } // trailing\na "x" { }\nq { }\n', 'p { } // trailing\nq { }\n'],
    ['// =====\n// Section\n// =====\na "x" { }\n\nq { }\n', '// =====\n// Section\n// =====\n\nq { }\n'],
    ['// license\n\na "x" { }\n', '// license\n'],
    ['p { }\r\n\r\n// about a\r\na "x" { }\r\n\r\nq { }\r\n', 'p { }\r\n\r\nq { }\r\n'],
    ['p { }\na "x" { }', 'p { }\n'],
    ['\uFEFFa "x" { }\nq { }\n', '\uFEFFq { }\n'],
  ])('%j', (text, expected) => {
    expect(after(text, (parsed) => removeBlock(parsed, a))).toBe(expected)
  })

  test('inside another block', () => {
    const path = [{ name: 'p' }, { name: 'r', nth: 1 }]
    const text = 'p {\n  r { }\n\n  // second\n  r { }\n\n  s = 1\n}\n'
    expect(after(text, (parsed) => removeBlock(parsed, path))).toBe('p {\n  r { }\n\n  s = 1\n}\n')
    expect(after('p { r { } }', (parsed) => removeBlock(parsed, [{ name: 'p' }, { name: 'r' }]))).toBe('p { }')
  })

  test('the comment above can stay', () => {
    expect(after('// stays\na "x" { }\n', (parsed) => removeBlock(parsed, a, 'none'))).toBe('// stays\n')
  })
})

describe('connect', () => {
  const to = { block: a, attribute: 'forward_to' }
  const list = (inner: string): string => `a "x" {\n  forward_to = [${inner}]\n}\n`
  test.each([
    ['a "x" { }\n', 'a "x" {\n\tforward_to = [w.d.r]\n}\n'],
    [list(''), list('w.d.r')],
    [list(' '), list('w.d.r')],
    [list('\n  '), list('w.d.r')],
    [list('m.r'), list('m.r, w.d.r')],
    [list('m.r,'), list('m.r, w.d.r,')],
    [list('m.r /* c */'), list('m.r, w.d.r /* c */')],
    [list('\n    m.r,\n  '), list('\n    m.r,\n    w.d.r,\n  ')],
    [list('\n    m.r, // c\n    // last\n  '), list('\n    m.r, // c\n    w.d.r,\n    // last\n  ')],
    [list('m.r,\n    n.r,\n  '), list('m.r,\n    n.r,\n    w.d.r,\n  ')],
    [list('m.r,\n  '), list('m.r,\n    w.d.r,\n  ')],
    [list('\n    m.r,\n    n.r'), list('\n    m.r,\n    n.r, w.d.r')],
    [list('\n    // none yet\n  '), list('\n    // none yet\n    w.d.r,\n  ')],
    [list('/* none */'), list('/* none */w.d.r')],
    [list('m.r, w . d . r'), list('m.r, w . d . r')],
    [
      list('\r\n    m.r,\r\n  ').replaceAll(/\r?\n/g, '\r\n'),
      list('\r\n    m.r,\r\n    w.d.r,\r\n  ').replaceAll(/\r?\n/g, '\r\n'),
    ],
    ['a "x" {\n  forward_to = b\n}\n', 'refused: forward_to is not written as a list, so nothing can be added to it'],
    ['b { }\n', 'refused: there is no block a "x"'],
  ])('%j', (text, expected) => {
    expect(after(text, (parsed) => connect(parsed, to, 'w.d.r'))).toBe(expected)
  })

  test('through an inner block that may be missing', () => {
    const place = { block: [...a, { name: 'output' }], attribute: 'traces' }
    expect(after('a "x" {\n  grpc { }\n}\n', (parsed) => connect(parsed, place, 't.input'))).toBe(
      'a "x" {\n  grpc { }\n\n  output {\n    traces = [t.input]\n  }\n}\n',
    )
    expect(after('a "x" {\n  output {\n    logs = []\n  }\n}\n', (parsed) => connect(parsed, place, 't.input'))).toBe(
      'a "x" {\n  output {\n    logs = []\n    traces = [t.input]\n  }\n}\n',
    )
  })

  test.each([
    ['a "x" { }\n', 'a "x" {\n\ttargets = d.t\n}\n'],
    ['a "x" {\n  targets = []\n}\n', 'a "x" {\n  targets = d.t\n}\n'],
    ['a "x" {\n  targets = e.t\n}\n', 'a "x" {\n  targets = concat(e.t, d.t)\n}\n'],
    ['a "x" {\n  targets = [{ b = 1 }]\n}\n', 'a "x" {\n  targets = concat([{ b = 1 }], d.t)\n}\n'],
    ['a "x" {\n  targets = array.concat(e.t, f.t)\n}\n', 'a "x" {\n  targets = array.concat(e.t, f.t, d.t)\n}\n'],
    ['a "x" {\n  targets = concat(\n    e.t,\n  )\n}\n', 'a "x" {\n  targets = concat(\n    e.t,\n    d.t,\n  )\n}\n'],
    ['a "x" {\n  targets = d.t\n}\n', 'a "x" {\n  targets = d.t\n}\n'],
    ['a "x" {\n  targets = concat(d.t)\n}\n', 'a "x" {\n  targets = concat(d.t)\n}\n'],
  ])('lists joined by concat: %j', (text, expected) => {
    expect(after(text, (parsed) => connect(parsed, { block: a, attribute: 'targets' }, 'd.t', 'concat'))).toBe(expected)
  })

  test('only references can be connected', () => {
    expect(after('a "x" { }\n', (parsed) => connect(parsed, to, '1 + 2'))).toBe('refused: "1 + 2" is not a reference')
  })
})

describe('disconnect', () => {
  const list = (inner: string): string => `a "x" {\n  forward_to = [${inner}]\n}\n`
  test.each([
    [list('w.d.r'), list('')],
    [list('\n    w.d.r,\n  '), list('')],
    [list('w.d.r, m.r'), list('m.r')],
    [list('m.r, w.d.r'), list('m.r')],
    [list('m.r, w . d.r,'), list('m.r,')],
    [list('m.r, w.d.r, n.r'), list('m.r, n.r')],
    [list('\n    m.r,\n    w.d.r, // c\n  '), list('\n    m.r,\n  ')],
    [list('\n    w.d.r,\n    // about m\n    m.r,\n  '), list('\n    // about m\n    m.r,\n  ')],
    [list('\n    m.r,\n    w.d.r'), list('\n    m.r')],
    [list('\n    m.r, // c\n    w.d.r'), list('\n    m.r, // c\n    ')],
    [list('w.d.r /* c */, m.r'), list(' m.r')],
    [list('\n    // none left\n    w.d.r,\n  '), list('\n    // none left\n  ')],
    [list('w.d.r, m.r, w.d.r'), list('m.r')],
    [list('m.r'), list('m.r')],
    ['a "x" { }\n', 'a "x" { }\n'],
    ['a "x" {\n  forward_to = w.d.r\n}\n', 'a "x" {\n  forward_to = []\n}\n'],
    ['a "x" {\n  forward_to = concat(b, w.d.r)\n}\n', 'a "x" {\n  forward_to = b\n}\n'],
    ['a "x" {\n  forward_to = concat(b, w.d.r, c)\n}\n', 'a "x" {\n  forward_to = concat(b, c)\n}\n'],
    [list('\r\n    w.d.r,\r\n    m.r,\r\n  '), list('\r\n    m.r,\r\n  ')],
  ])('%j', (text, expected) => {
    expect(after(text, (parsed) => disconnect(parsed, { block: a, attribute: 'forward_to' }, 'w.d.r'))).toBe(expected)
  })
})

describe('renameLabel', () => {
  const path = [{ name: 'l.w', label: 'd' }]
  test.each([
    [
      'l.w "d" { }\na "x" {\n  f = [l.w.d.r, l.w.e.r, k.l.w.d.r]\n}\n',
      'l.w "new" { }\na "x" {\n  f = [l.w.new.r, l.w.e.r, k.l.w.d.r]\n}\n',
    ],
    ['l . w  "d" { }\nb = l .\n  w . d\n', 'l . w  "new" { }\nb = l .\n  w . new\n'],
    [
      'b = f(l.w.d.r[l.w.d]) + {k = -l.w.d.x}\nl.w "d" { }\n',
      'b = f(l.w.new.r[l.w.new]) + {k = -l.w.new.x}\nl.w "new" { }\n',
    ],
    ['l.w "d" { }\n// l.w.d.r\nb = "l.w.d.r"\n', 'l.w "new" { }\n// l.w.d.r\nb = "l.w.d.r"\n'],
    ['l.w "d" { }\ndeclare "m" {\n  b = l.w.d.r\n}\n', 'l.w "new" { }\ndeclare "m" {\n  b = l.w.d.r\n}\n'],
    ['l.w "d" { }\nl.w "new" { }\n', 'refused: there is already a l.w "new"'],
    ['l.w { }\n', 'refused: there is no labelled block to rename'],
  ])('%j', (text, expected) => {
    expect(after(text, (parsed) => renameLabel(parsed, path, 'new'))).toBe(expected)
  })

  test('inside a declare, and of a declare', () => {
    const text = 'b = m.one.out\ndeclare "m" {\n  l.w "d" { }\n  c = l.w.d.r\n}\nm "one" { }\n'
    const inner = [{ name: 'declare', label: 'm' }, ...path]
    expect(after(text, (parsed) => renameLabel(parsed, inner, 'new'))).toBe(
      'b = m.one.out\ndeclare "m" {\n  l.w "new" { }\n  c = l.w.new.r\n}\nm "one" { }\n',
    )
    expect(after(text, (parsed) => renameLabel(parsed, inner.slice(0, 1), 'new'))).toBe(
      'b = new.one.out\ndeclare "new" {\n  l.w "d" { }\n  c = l.w.d.r\n}\nnew "one" { }\n',
    )
  })

  test('a label must be a name', () => {
    expect(after('l.w "d" { }\n', (parsed) => renameLabel(parsed, path, 'no-name'))).toMatch(
      /^refused: "no-name" cannot/,
    )
  })
})

describe('disableBlock and enableBlock', () => {
  test.each([
    ['a "x" { }\n', '// a "x" { }\n'],
    [
      'p {\n\ta "x" {\n\t\tb = 1\n\n\t\tc = `r\n  s\n\n`\n\t}\n}\n',
      'p {\n\t// a "x" {\n\t// \tb = 1\n//\n\t// \tc = `r\n//   s\n//\n// `\n\t// }\n}\n',
    ],
    ['a "x" {\r\n  b = 1 // c\r\n} // d\r\nq { }\r\n', '// a "x" {\r\n//   b = 1 // c\r\n// } // d\r\nq { }\r\n'],
    ['a "x" {\n// a comment { in it\n\tb = "}"\n}', '// a "x" {\n// // a comment { in it\n// \tb = "}"\n// }'],
  ])('%j', (text, disabled) => {
    const path = text.startsWith('p') ? [{ name: 'p' }, ...a] : a
    expect(after(text, (parsed) => disableBlock(parsed, path))).toBe(disabled)
    const found = disabledBlocks(parse(disabled))
    expect(found.map(({ name, label }) => [name, label])).toEqual([['a', 'x']])
    expect(after(disabled, (parsed) => enableBlock(parsed, found[0].span.start))).toBe(text)
  })

  test('prose and halves of blocks are not disabled blocks', () => {
    expect(disabledBlocks(parse('// a block {\n// without end\n\n// }\n// see foo { }, and more\n// b = 1\n'))).toEqual(
      [],
    )
  })

  test('refusals', () => {
    expect(after('p { a "x" { } }', (parsed) => disableBlock(parsed, [{ name: 'p' }, ...a]))).toMatch(/^refused/)
    expect(after('b { }\n', (parsed) => disableBlock(parsed, a))).toMatch(/^refused/)
    expect(after('// text\n', (parsed) => enableBlock(parsed, 0))).toMatch(/^refused/)
  })
})
