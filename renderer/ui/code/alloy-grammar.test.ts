import { readFileSync, writeFileSync } from 'node:fs'
import { buildParserFile } from '@lezer/generator'
import { expect, test } from 'vitest'
import { parser } from './alloy-parser.ts'

const grammar = new URL('./alloy.grammar', import.meta.url)
const built = new URL('./alloy-parser.ts', import.meta.url)

test('the parser is the one of the grammar; UPDATE=1 builds it again', () => {
  const options = { fileName: 'alloy.grammar', moduleStyle: 'es', typeScript: true }
  const made = buildParserFile(readFileSync(grammar, 'utf8'), options).parser
  if (process.env.UPDATE) writeFileSync(built, made)
  expect(readFileSync(built, 'utf8')).toBe(made)
})

/** The kinds of the nodes and the texts of those without children. */
function tree(text: string): string {
  let out = ''
  parser.parse(text).iterate({
    enter: ({ name, from, to, node }) => {
      out += node.firstChild === null ? `${name}:${text.slice(from, to)} ` : `${name}(`
    },
    leave: ({ node }) => {
      if (node.firstChild !== null) out = `${out.trimEnd()}) `
    },
  })
  return out.trim()
}

test('blocks, attributes and values are told apart', () => {
  expect(tree('a.b "c" {\n\tx = [d.e.f, "g"] // h\n}')).toBe(
    'File(Block(BlockName:a.b Label(String:"c") BlockBody({:{ Attribute(AttributeName:x Array([:[ Member(Member(VariableName:d PropertyName:e) PropertyName:f) String:"g" ]:])) LineComment:// h }:})))',
  )
})

test('every example of the project is read without an error node', () => {
  for (const name of ['seed', 'default', 'local', 'batch', 'log-filter', 'sampling', 'tls']) {
    const text = readFileSync(new URL(`../../../assets/examples/${name}.alloy`, import.meta.url), 'utf8')
    const broken: string[] = []
    parser.parse(text).iterate({
      enter: ({ type, from }) => {
        if (type.isError) broken.push(`${name} ${from}: ${text.slice(from, from + 20)}`)
      },
    })
    expect(broken).toEqual([])
  }
})
