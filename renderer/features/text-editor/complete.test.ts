import { CompletionContext } from '@codemirror/autocomplete'
import { ensureSyntaxTree } from '@codemirror/language'
import { EditorState } from '@codemirror/state'
import { expect, onTestFinished, test } from 'vitest'
import { ConfigDocument } from '../../model/config-document.ts'
import { spokenLanguage } from '../../model/spoken-language.ts'
import { translateInto } from '../../model/translation.ts'
import { alloy } from '../../ui/code/alloy-language.ts'
import { complete } from './complete.ts'
import { explainPlace } from './explain-place.ts'

const environment = { env: () => undefined, hostname: 'here', os: 'linux', arch: 'amd64', version: 'v0' }
const others = `
prometheus.remote_write "mimir" { }
loki.write "default" { }
discovery.docker "found" { }
local.file "token" { }
`

/** What is offered where `|` stands in the text. */
function offered(marked: string, explicit = true): string[] {
  const offset = marked.indexOf('|')
  const text = marked.replace('|', '') + others
  const state = EditorState.create({ doc: text, extensions: [alloy(), EditorState.lineSeparator.of('\n')] })
  ensureSyntaxTree(state, text.length, 5_000)
  const { graph } = new ConfigDocument(text, { file: 'config.alloy', environment }).snapshot.get().checked
  const result = complete(new CompletionContext(state, offset, explicit), () => graph)
  const typed = text.slice(result?.from ?? offset, offset)
  return (result?.options ?? [])
    .map(({ label }) => label)
    .filter((label) => result?.filter === false || label.startsWith(typed))
}

test('at the top, components are offered, and those that only Alloy runs too', () => {
  const labels = offered('prometheus.s|')
  expect(labels).toContain('prometheus.scrape')
  expect(offered('pyroscope.|')).toContain('pyroscope.write')
  expect(labels).not.toContain('scrape_interval')
})

test('in a block, the arguments that are not written yet are offered', () => {
  const labels = offered('prometheus.scrape "a" {\n\tforward_to = []\n\t|\n}')
  expect(labels).toContain('scrape_interval')
  expect(labels).toContain('basic_auth')
  expect(labels).not.toContain('forward_to')
  expect(labels).not.toContain('prometheus.scrape')
})

test('in a nested block and in a family of blocks, theirs are offered', () => {
  expect(offered('prometheus.scrape "a" {\n\tbasic_auth {\n\t\tpass|\n\t}\n}')).toContain('password_file')
  expect(offered('loki.process "a" {\n\tstage.|\n}')).toContain('stage.json')
  expect(offered('loki.process "a" {\n\tstage.json {\n\t\t|\n\t}\n}')).toContain('expressions')
})

test('references are offered where they fit, and only there', () => {
  const receivers = offered('prometheus.scrape "a" {\n\tforward_to = [|]\n}')
  expect(receivers).toContain('prometheus.remote_write.mimir.receiver')
  expect(receivers).not.toContain('loki.write.default.receiver')
  expect(receivers).not.toContain('sys.env')
  expect(offered('prometheus.scrape "a" {\n\ttargets = |\n}')).toContain('discovery.docker.found.targets')
  expect(offered('prometheus.scrape "a" {\n\tbasic_auth {\n\t\tpassword = |\n\t}\n}')).toEqual(
    expect.arrayContaining(['local.file.token.content', 'sys.env']),
  )
})

test('choices are offered with and without quotes', () => {
  expect(offered('logging {\n\tlevel = |\n}')).toContain('"debug"')
  expect(offered('logging {\n\tlevel = "|"\n}')).toContain('"debug"')
})

test('nothing is offered in comments and labels', () => {
  expect(offered('// prom|')).toEqual([])
  expect(offered('prometheus.scrape "a|" {}', false)).toEqual([])
})

/** What is explained where `|` stands in the text. */
function explained(marked: string): string {
  const offset = marked.indexOf('|')
  const text = marked.replace('|', '') + others
  const state = EditorState.create({ doc: text, extensions: [alloy()] })
  ensureSyntaxTree(state, text.length, 5_000)
  const { graph } = new ConfigDocument(text, { file: 'config.alloy', environment }).snapshot.get().checked
  const found = explainPlace(state, offset, graph)
  return found === undefined ? '' : [found.code, found.doc, ...found.remarks].join(' | ')
}

test('names are explained from the definitions', () => {
  expect(explained('prometheus.scr|ape "a" {}')).toContain('Pulls Prometheus metrics')
  expect(explained('prometheus.scrape "a" {\n\tscrape_int|erval = "5s"\n}')).toBe(
    'scrape_interval duration | How often each target is scraped. | default "1m0s"',
  )
  expect(explained('prometheus.scrape "a" {\n\tbasic_au|th {}\n}')).toContain('basic_auth block')
  expect(explained('loki.process "a" {\n\tstage.js|on {}\n}')).toContain('What to do with each line')
})

test('references and functions are explained where they are read', () => {
  expect(explained('loki.process "a" {\n\tforward_to = [loki.write.def|ault.receiver]\n}')).toContain(
    'loki.write.default.receiver LogsReceiver',
  )
  expect(explained('logging {\n\tlevel = sys.en|v("X")\n}')).toMatch(/^sys\.env\(\S+ string\)/)
  expect(explained('logging {\n\tlevel = |"debug"\n}')).toBe('')
})

test('in Korean, components are described and remarks are made in Korean', async () => {
  spokenLanguage.set('ko')
  onTestFinished(() => spokenLanguage.set('en'))
  await translateInto('ko')
  onTestFinished(() => translateInto('en'))
  const text = 'prometheus.scrape "a" {\n\tforward_to = []\n}\n'
  const state = EditorState.create({ doc: text, extensions: [alloy()] })
  ensureSyntaxTree(state, text.length, 5_000)
  const { graph } = new ConfigDocument(text, { file: 'config.alloy', environment }).snapshot.get().checked
  const offers = complete(new CompletionContext(state, text.length, true), () => graph)?.options
  expect(offers?.find(({ label }) => label === 'loki.echo')?.info).toBe(
    '받은 로그 줄을 모두 Weir 자신의 로그에 씁니다.',
  )
  expect(explainPlace(state, text.indexOf('forward_to') + 2, graph)?.remarks).toEqual(['필수'])
})
