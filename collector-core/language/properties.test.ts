import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Block, Node } from './ast.ts'
import { removeAttribute, setAttribute } from './edit-attribute.ts'
import { addBlock, removeBlock } from './edit-block.ts'
import { connect, disconnect } from './edit-connection.ts'
import { disableBlock, disabledBlocks, enableBlock } from './edit-disable.ts'
import type { EditResult } from './edit-result.ts'
import { format } from './format.ts'
import { parse } from './parser.ts'
import type { Parsed } from './parser.ts'
import { printTokens, sourceOf } from './printer.ts'
import { applyEdits } from './text-edit.ts'
import { isComment, isTrivia } from './token.ts'
import { attributeOf, blocksOf, childrenOf, findBlock, pathOf, visit } from './walk.ts'
import type { BlockPath } from './walk.ts'

/** Picks one of several pieces; the source of all randomness below, so that failures shrink. */
type Pick = <T>(pieces: readonly T[]) => T

function pickWith(generate: fc.GeneratorValue): Pick {
  return (pieces) => pieces[generate(fc.nat, { max: pieces.length - 1 })]
}

const gaps = [
  '',
  '',
  '',
  '\n',
  '\n\n',
  '\n  ',
  ' // c\n',
  '\n// own\n',
  '\n\n// own\n\n',
  ' /* b\n b */ ',
  ' // x\n// y\n',
]
const blanks = ['', '', '', ' ', '\t', '  ', ' /* m */ ']

function config(pick: Pick, depth = 2): string {
  let text = ''
  for (let left = pick([0, 1, 2, 3]); left > 0; left--) {
    text += pick(['', '', '\n', '\n\n', '  ', '// own\n', '/* q */', '/* q\n r */ '])
    text += depth > 0 && pick([true, false]) ? block(pick, depth) : `${name(pick)}${pick(blanks)}=${value(pick, 2)}`
    text += `${pick(['', '', ' // t', ' /* t */', '/* u */ // v'])}\n`
  }
  return text
}

function block(pick: Pick, depth: number): string {
  const head = `${name(pick)}${pick(['', '.b', ' . c'])}${pick(['', ' "l"', '"m"', ' ""'])}${pick(blanks)}`
  return `${head}{${pick(gaps)}${config(pick, depth - 1)}}`
}

function name(pick: Pick): string {
  return pick(['a', 'bb', 'forward_to', '_x1', '이름'])
}

function value(pick: Pick, depth: number): string {
  const gap = pick(blanks)
  const inner = (): string => value(pick, depth - 1)
  const kind =
    depth > 0 ? pick(['leaf', 'array', 'object', 'call', 'binary', 'unary', 'paren', 'access', 'index']) : 'leaf'
  switch (kind) {
    case 'array':
      return gap + list(pick, '[', ']', inner)
    case 'object':
      return gap + list(pick, '{', '}', () => `${pick(['a', 'bb', '"k\\n"', '`r`', '""'])}${pick(blanks)}=${inner()}`)
    case 'call':
      return `${gap}f${list(pick, '(', ')', inner)}`
    case 'binary':
      return `${inner()}${pick(blanks)}${pick(['+', '-', '*', '/', '==', '&&', '^', '||'])}${pick(gaps)}${inner()}`
    case 'unary':
      return `${gap}${pick(['-', '!'])}${pick(gaps)}${inner()}`
    case 'paren':
      return `${gap}(${pick(gaps)}${inner()}${pick(blanks)})`
    case 'access':
      return `${gap}a${pick(blanks)}.${pick(gaps)}b.c`
    case 'index':
      return `${gap}${pick(['x', 'x.b', '1 .b'])}[${inner()}]`
    default:
      return (
        gap +
        pick(['1', '2.5', '.5', '"s\\t"', '"tab\there  "', '`raw\n\t text  `', '`a\r\nb`', 'true', 'null', 'x', '"😀"'])
      )
  }
}

function list(pick: Pick, open: string, close: string, item: () => string): string {
  const count = pick([0, 1, 2, 3])
  if (count === 0) return open + pick(gaps) + close
  let text = open
  for (let index = 0; index < count; index++)
    text += `${pick(gaps)}${item()}${pick(blanks)}${index < count - 1 ? ',' : ''}`
  return text + (pick([true, false]) ? `,${pick(gaps)}` : '') + close
}

const configs = fc.gen().map((generate): string => config(pickWith(generate)))
const crlfConfigs = configs.map((text) => text.replaceAll(/\r?\n/g, '\r\n'))
const pieces = fc.constantFrom(
  ...[
    'a',
    '.',
    '"l"',
    '{',
    '}',
    '[',
    ']',
    '(',
    ')',
    ',',
    '=',
    '1',
    '.5',
    '1e',
    '"',
    '`',
    "'",
    '#',
    '//',
    '/*',
    '*/',
    '\\',
  ],
  ...[
    '\n',
    '\r\n',
    '\r',
    ' ',
    '\t',
    '+',
    '-',
    '!',
    '|',
    '&&',
    '==',
    '^',
    ':',
    ';',
    'true',
    'null',
    '\uFEFF',
    '\0',
    '\uD800',
    'é',
    '“',
  ],
)
const soups = fc.array(pieces, { maxLength: 40 }).map((list) => list.join(''))
const mutated = fc
  .tuple(configs, fc.array(fc.tuple(fc.nat(), fc.nat({ max: 3 }), fc.oneof(pieces, fc.constant(''))), { maxLength: 4 }))
  .map(([text, changes]) =>
    changes.reduce((result, [place, removed, added]) => {
      const at = place % (result.length + 1)
      return result.slice(0, at) + added + result.slice(at + removed)
    }, text),
  )
const anyText = fc.oneof(fc.string({ unit: 'binary', maxLength: 60 }), soups, configs, crlfConfigs, mutated)

/** A tree without places, for comparing what two texts mean. */
function meaning(node: Node): unknown {
  const plain = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(plain)
    if (typeof value !== 'object' || value === null) return value
    const places = ['span', 'open', 'close', 'equals', 'operatorSpan']
    return Object.fromEntries(
      Object.entries(value)
        .filter(
          ([key, inner]) => !places.includes(key) && !(key === 'label' && (inner as { text: string }).text === ''),
        )
        .map(([key, inner]) => [key, plain(inner)]),
    )
  }
  return plain(node)
}

function comments({ text, tokens }: Parsed): readonly string[] {
  return tokens
    .filter(({ kind }) => isComment(kind))
    .map(({ start, end }) => text.slice(start, end).replaceAll('\r', ''))
}

describe('parse', () => {
  test('loses nothing, throws nothing, and keeps every span in its place, for any text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { tree, tokens, diagnostics } = parse(text)
        expect(printTokens(text, tokens)).toBe(text)
        expect(tokens.every((token, index) => token.start === (index === 0 ? 0 : tokens[index - 1].end))).toBe(true)
        expect(
          diagnostics.every(({ span }) => 0 <= span.start && span.start <= span.end && span.end <= text.length),
        ).toBe(true)
        const misplaced: Node[] = []
        visit(tree, (node) => {
          let from = node.span.start
          for (const child of childrenOf(node)) {
            if (child.span.start < from || child.span.end > node.span.end) misplaced.push(child)
            from = child.span.end
          }
        })
        expect(misplaced).toEqual([])
      }),
      { numRuns: 2000 },
    )
  })

  test('reads every generated config without complaint, with LF and with CRLF alike', () => {
    fc.assert(
      fc.property(configs, (text) => {
        const unix = parse(text.replaceAll('\r\n', '\n'))
        const dos = parse(text.replaceAll(/\r?\n/g, '\r\n'))
        expect([...unix.diagnostics, ...dos.diagnostics]).toEqual([])
        expect(JSON.stringify(meaning(dos.tree)).replaceAll('\\r\\n', '\\n')).toBe(JSON.stringify(meaning(unix.tree)))
      }),
      { numRuns: 500 },
    )
  })

  test('finds every block by the path it has', () => {
    fc.assert(
      fc.property(configs, (text) => {
        const { tree } = parse(text)
        visit(tree, (node) => {
          if (node.kind === 'block') expect(findBlock(tree, pathOf(tree, node)!)).toBe(node)
        })
      }),
      { numRuns: 300 },
    )
  })
})

describe('format', () => {
  test('keeps meaning, words and comments, and changes nothing the second time', () => {
    fc.assert(
      fc.property(fc.oneof(configs, crlfConfigs), (text) => {
        const result = format(text)
        if (result.kind === 'refused') throw new Error('refused')
        const before = parse(text)
        const after = parse(result.text)
        expect(after.diagnostics).toEqual([])
        expect(meaning(after.tree)).toEqual(meaning(before.tree))
        expect(words(after)).toEqual(words(before))
        expect(comments(after)).toEqual(comments(before))
        expect(format(result.text)).toEqual({ kind: 'formatted', text: result.text, changed: false })
      }),
      { numRuns: 1500 },
    )
  })
})

/** The words of a text without what formatting may drop: newlines, commas before a closing bracket, empty labels. */
function words({ text, tokens }: Parsed): readonly string[] {
  const kept = tokens.filter(({ kind }) => !isTrivia(kind) && kind !== 'terminator' && kind !== 'eof')
  return kept
    .filter(({ kind }, index) => kind !== ',' || ![')', ']', '}'].includes(kept[index + 1].kind))
    .map(({ start, end }) => text.slice(start, end))
    .filter((word, index, all) => word !== '""' || all[index + 1] !== '{')
}

describe('edits', () => {
  const blocks = fc.tuple(fc.oneof(configs, crlfConfigs), fc.nat())

  function choose([text, choice]: readonly [string, number]): { parsed: Parsed; chosen: Node; path: BlockPath } {
    const parsed = parse(`${text}k.z "only" {
  v = 1
}
`)
    const found: Block[] = []
    visit(parsed.tree, (node) => {
      if (node.kind === 'block') found.push(node)
    })
    const chosen = found[choice % found.length]
    return { parsed, chosen, path: pathOf(parsed.tree, chosen)! }
  }

  function apply(parsed: Parsed, result: EditResult): Parsed {
    if (result.kind === 'refused') throw new Error(result.reason)
    const edited = parse(applyEdits(parsed.text, result.edits))
    expect(edited.diagnostics).toEqual([])
    return edited
  }

  /** The top-level statements around the edited one as they are written. */
  function others({ text, tree }: Parsed, index: number): readonly string[] {
    return tree.body.statements.filter((_, at) => at !== index).map((statement) => sourceOf(text, statement))
  }

  function topOf({ tree }: Parsed, node: Node): number {
    return tree.body.statements.findIndex(({ span }) => span.start <= node.span.start && node.span.end <= span.end)
  }

  test('set, then remove, an attribute: the rest stays as written and so does the meaning', () => {
    fc.assert(
      fc.property(blocks, fc.constantFrom('1', '[\n\t1,\n]', '`r\n r`'), (choice, text) => {
        const { parsed, chosen, path } = choose(choice)
        const set = apply(parsed, setAttribute(parsed, path, 'brand_new', text))
        const top = topOf(parsed, chosen)
        expect(others(set, top)).toEqual(others(parsed, top))
        expect(comments(set)).toEqual(comments(parsed))
        expect(attributeOf(findBlock(set.tree, path)!.body, 'brand_new')).toBeDefined()
        const removed = apply(set, removeAttribute(set, path, 'brand_new'))
        expect(meaning(removed.tree)).toEqual(meaning(parsed.tree))
      }),
      { numRuns: 700 },
    )
  })

  test('add, then remove, a block: the rest stays as written and so does the meaning', () => {
    fc.assert(
      fc.property(blocks, fc.boolean(), (choice, inside) => {
        const { parsed, chosen, path } = choose(choice)
        const place = inside ? { endOf: path } : { after: path }
        const added = apply(parsed, addBlock(parsed, place, 'new "n" {\n  a = `x\n`\n}'))
        expect(comments(added)).toEqual(comments(parsed))
        const where = [...(inside ? path : path.slice(0, -1)), { name: 'new', label: 'n' }]
        expect(findBlock(added.tree, where)).toBeDefined()
        const removed = apply(added, removeBlock(added, where, 'none'))
        expect(meaning(removed.tree)).toEqual(meaning(parsed.tree))
        if (inside) expect(others(added, topOf(parsed, chosen))).toEqual(others(parsed, topOf(parsed, chosen)))
      }),
      { numRuns: 700 },
    )
  })

  test('remove a block: its siblings stay as written', () => {
    fc.assert(
      fc.property(blocks, (choice) => {
        const { parsed, chosen, path } = choose(choice)
        const removed = apply(parsed, removeBlock(parsed, path))
        const owner = findBlock(parsed.tree, path.slice(0, -1))
        const left = (owner?.body ?? parsed.tree.body).statements.filter((statement) => statement !== chosen)
        const now = (findBlock(removed.tree, path.slice(0, -1))?.body ?? removed.tree.body).statements
        expect(now.map((statement) => sourceOf(removed.text, statement))).toEqual(
          left.map((statement) => sourceOf(parsed.text, statement)),
        )
      }),
      { numRuns: 500 },
    )
  })

  test('connect, then disconnect, any list: items and comments stay', () => {
    const lists = fc.gen().map((generate) => {
      const pick = pickWith(generate)
      return list(pick, '[', ']', () => pick(['m.r', 'n . r', '{a = 1}', 'f(\n1,\n)']))
    })
    fc.assert(
      fc.property(
        fc.oneof(
          lists,
          lists.map((text) => text.replaceAll('\n', '\r\n')),
        ),
        (text) => {
          const parsed = parse(`a {\n  forward_to = ${text} // c\n  b = 1\n}\n`)
          const place = { block: [{ name: 'a' }], attribute: 'forward_to' }
          const connected = apply(parsed, connect(parsed, place, 'w.d.r'))
          expect(comments(connected)).toEqual(comments(parsed))
          const again = connect(connected, place, 'w.d.r')
          expect(again).toEqual({ kind: 'edits', edits: [] })
          const value = attributeOf(blocksOf(connected.tree.body)[0].body, 'forward_to')!.value
          expect(value.kind === 'array' && value.elements.at(-1)?.kind).toBe('access')
          const cut = apply(connected, disconnect(connected, place, 'w.d.r'))
          expect(meaning(cut.tree)).toEqual(meaning(parsed.tree))
        },
      ),
      { numRuns: 1000 },
    )
  })

  test('disable, then enable, a block gives the very same text', () => {
    fc.assert(
      fc.property(blocks, (choice) => {
        const { parsed, path } = choose(choice)
        const result = disableBlock(parsed, path)
        if (result.kind === 'refused') return
        const disabled = apply(parsed, result)
        expect(findBlock(disabled.tree, path)).not.toEqual(findBlock(parsed.tree, path))
        const at = result.edits[0].span.start
        expect(disabledBlocks(disabled).some(({ span }) => span.start === at)).toBe(true)
        expect(apply(disabled, enableBlock(disabled, at)).text).toBe(parsed.text)
      }),
      { numRuns: 700 },
    )
  })
})
