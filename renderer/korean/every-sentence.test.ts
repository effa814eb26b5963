// Reads the sentences out of the source, with every way they can turn out, and asks for each in Korean.
import { readFileSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { expect, test } from 'vitest'
import { argumentComplaints } from './argument-complaints.ts'
import { configComplaints } from './config-complaints.ts'
import { connectionSentences } from './connection-sentences.ts'
import { healthSentences } from './health-sentences.ts'
import { hostSentences } from './host-sentences.ts'
import { stackSentences } from './stack-sentences.ts'
import { toKorean } from './to-korean.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))

/** Where sentences are made that the window shows; folders with everything in them. */
const places = [
  'collector-core/components',
  'collector-core/config-blocks',
  'collector-core/delivery',
  'collector-core/docker',
  'collector-core/graph',
  'collector-core/language',
  'collector-core/net/failure.ts',
  'collector-core/net/http-outcome.ts',
  'collector-core/net/server.ts',
  'collector-core/runtime/running-component.ts',
  'collector-core/schema',
  'collector-core/signal/regex.ts',
  'collector-core/signal/relabel',
  'electron/keychain.ts',
  'host/collector-supervisor',
  'host/contract/channel-client.ts',
  'host/explore',
  'host/handlers',
  'host/project',
  'host/session',
  'host/stack',
  'renderer/bridge',
  'renderer/features/explore/use-answer.ts',
]

/** The embedded backend answers programs, exported files are read by Alloy, and a terminal speaks English. */
const elsewhere = [
  'collector-core/language/render-diagnostic.ts',
  'collector-core/language/stdlib/printf-value.ts',
  'host/stack/docker/pull-progress.ts',
  'host/stack/embedded/',
  'host/stack/export/compose-files.ts',
  'host/stack/proof/synthetic-signals.ts',
  'host/stack/sleep.ts',
]

/** Stands in the holes of a sentence: no word, and the same in every language. */
const value = '7'
/** Ways one sentence can turn out that are looked at. */
const mostForms = 64

/** Every text an expression can be, as far as it is written there. */
function formsOf(node: ts.Expression, depth = 0): readonly string[] {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return [node.text]
  if (ts.isParenthesizedExpression(node)) return formsOf(node.expression, depth)
  if (ts.isConditionalExpression(node)) return [...formsOf(node.whenTrue, depth), ...formsOf(node.whenFalse, depth)]
  if (ts.isTemplateExpression(node)) {
    return node.templateSpans.reduce(
      (begun, { expression, literal }) =>
        begun
          .flatMap((text) => formsOf(expression, depth).map((part) => text + part + literal.text))
          .slice(0, mostForms),
      [node.head.text],
    )
  }
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken) {
    return formsOf(node.left, depth).flatMap((left) => formsOf(node.right, depth).map((right) => left + right))
  }
  if (ts.isBinaryExpression(node) && /^(\?\?|\|\|)$/.test(node.operatorToken.getText())) {
    return [...formsOf(node.left, depth), ...formsOf(node.right, depth)]
  }
  const meaning = ts.isIdentifier(node) && depth < 3 ? constantNamed(node) : undefined
  const said = meaning === undefined ? [] : formsOf(meaning, depth + 1).filter((text) => text !== '')
  return said.length === 0 ? [value] : said
}

/** What a name stands for, if a constant of that name is in sight. */
function constantNamed(name: ts.Identifier): ts.Expression | undefined {
  for (let block = name.parent; !ts.isSourceFile(block);) {
    block = block.parent
    if (!ts.isBlock(block) && !ts.isSourceFile(block)) continue
    for (const statement of block.statements) {
      if (!ts.isVariableStatement(statement) || !(statement.declarationList.flags & ts.NodeFlags.Const)) continue
      const found = statement.declarationList.declarations.find((one) => one.name.getText() === name.text)
      if (found?.initializer !== undefined) return found.initializer
    }
  }
  return undefined
}

const isText = (node: ts.Node): node is ts.Expression =>
  ts.isStringLiteral(node) ||
  ts.isNoSubstitutionTemplateLiteral(node) ||
  ts.isTemplateExpression(node) ||
  (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken)

/** Texts that nobody reads in the window: of defects, of the log, of metrics, names of types and modules. */
function isForOthers(node: ts.Node): boolean {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node) || ts.isLiteralTypeNode(node)) return true
  if (ts.isNewExpression(node)) return /^(Error|TypeError|RangeError)$/.test(node.expression.getText())
  return (
    ts.isCallExpression(node) &&
    /\blog\.\w+$|^quote$|\.(replaceAll|includes|counter|gauge|histogram|summary)$|^perKind$/.test(
      node.expression.getText(),
    )
  )
}

/** The texts of a file, holes filled. */
function sentencesOf(path: string): readonly string[] {
  const source = ts.createSourceFile(path, readFileSync(root + path, 'utf8'), ts.ScriptTarget.Latest, true)
  const found: string[] = []
  const visit = (node: ts.Node): void => {
    if (isForOthers(node)) return
    if (isText(node)) found.push(...formsOf(node))
    else ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

/** Three words in a row; what begins with a comma, a space or a bracket goes on a sentence. */
const isSentence = (text: string): boolean =>
  /[A-Za-z]{2,}[,:;]? [a-z]+[,:;]? [a-z]+/.test(bare(text)) && !text.includes('\n') && !/^[,;( ]/.test(text)

/** Without what stands between quotes and backticks, which is the same in every language. */
const bare = (text: string): string => text.replaceAll(/`[^`]*`|"[^"]*"/g, value)

/** Not translated, or not in all of its parts; a sentence may also go on after a subject that stands before it. */
function isEnglish(sentence: string): boolean {
  return [sentence, `${value} ${sentence}`]
    .map(toKorean)
    .every((said) => !/[가-힣]/.test(said) || /([a-z]{2,}[,:;]? ){3}[a-z]{2,}/.test(bare(said)))
}

/** The sources in files and folders, without tests and without what metrics say of themselves. */
function sourcesIn(paths: readonly string[]): readonly string[] {
  return paths
    .flatMap((path) =>
      path.endsWith('.ts')
        ? [path]
        : readdirSync(root + path, { recursive: true, encoding: 'utf8' }).map((name) => `${path}/${name}`),
    )
    .filter((path) => path.endsWith('.ts') && !/(\.test|-metrics)\.ts$|\/testing\//.test(path))
    .filter((path) => !elsewhere.some((one) => path.startsWith(one)))
}

test('every sentence that comes from outside of the window has its Korean', () => {
  const sentences = sourcesIn(places).flatMap((path) =>
    sentencesOf(path)
      .filter(isSentence)
      .map((sentence) => ({ path, sentence })),
  )
  expect(sentences.length).toBeGreaterThan(600)
  expect(
    sentences.filter(({ sentence }) => isEnglish(sentence)).map(({ path, sentence }) => `${path}: ${sentence}`),
  ).toEqual([])
}, 60_000)

test('nothing is translated that nobody says', () => {
  const said = new Set(
    sourcesIn(['collector-core', 'electron', 'host', 'renderer/bridge', 'renderer/features']).flatMap((path) =>
      sentencesOf(path),
    ),
  )
  const isSaid = (form: string): boolean => {
    const sentence = form.replaceAll(/\{\d\}/g, value)
    return said.has(sentence) || (sentence.startsWith(`${value} `) && said.has(sentence.slice(2)))
  }
  const lists = [
    argumentComplaints,
    configComplaints,
    connectionSentences,
    healthSentences,
    hostSentences,
    stackSentences,
  ]
  expect(lists.flatMap((list) => Object.keys(list)).filter((form) => !isSaid(form))).toEqual([])
}, 60_000)
