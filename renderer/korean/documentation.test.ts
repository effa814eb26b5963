import { expect, test } from 'vitest'
import { catalog } from '../../collector-core/catalog.ts'
import { constantDocs, stdlibFunctions } from '../../collector-core/language/stdlib/index.ts'
import type { Fields } from '../../collector-core/schema/field.ts'
import { componentSummaries } from './component-summaries.ts'
import { configBlockDocs } from './config-block-docs.ts'
import { discoveryDocs } from './discovery-docs.ts'
import { functionDocs } from './function-docs.ts'
import { lokiDocs } from './loki-docs.ts'
import { lokiProcessDocs } from './loki-process-docs.ts'
import { otelcolDocs } from './otelcol-docs.ts'
import { prometheusDocs } from './prometheus-docs.ts'
import { unsupportedReasons } from './unsupported-reasons.ts'

/** Everything the fields say of themselves, and those of the blocks in them. */
function docsOf(fields: Fields, outer: readonly string[] = []): string[] {
  return Object.values(fields).flatMap(({ doc, support, shape }) => [
    ...[doc, ...(support === undefined ? [] : [support.reason])],
    ...(shape.kind === 'block' || shape.kind === 'blocks' ? docsOf(shape.fields, outer) : []),
    // Stages nest in stages: the inner ones are the same once more.
    ...(shape.kind === 'variants' && !outer.includes(shape.prefix)
      ? Object.values(shape.of()).flatMap((member) => docsOf(member, [...outer, shape.prefix]))
      : []),
  ])
}

const components = [...catalog.components.values()]
const blocks = [...catalog.configBlocks.values()]
const summaries = [...components, ...blocks].map(({ summary }) => summary)
const docs = [
  ...[...components, ...blocks].flatMap((definition) => docsOf(definition.arguments)),
  ...components.flatMap((definition) => docsOf(definition.exports)),
  ...[...stdlibFunctions.values()].flatMap(({ doc, parameters, rest }) => [
    doc,
    ...[...parameters, ...(rest === undefined ? [] : [rest])].map((one) => one.doc),
  ]),
  ...Object.values(constantDocs),
]
const translated = {
  ...{ ...configBlockDocs, ...discoveryDocs, ...functionDocs, ...lokiDocs, ...lokiProcessDocs },
  ...{ ...otelcolDocs, ...prometheusDocs, ...unsupportedReasons },
}

test('every component and block of the config has its summary in Korean', () => {
  expect(summaries.filter((summary) => !Object.hasOwn(componentSummaries, summary))).toEqual([])
})

test('every argument, export and function has its documentation in Korean', () => {
  expect(docs.length).toBeGreaterThan(500)
  expect([...new Set(docs)].filter((doc) => !Object.hasOwn(translated, doc))).toEqual([])
})

test('nothing is translated that no definition says', () => {
  const said = new Set([...summaries, ...docs])
  expect([...Object.keys(componentSummaries), ...Object.keys(translated)].filter((doc) => !said.has(doc))).toEqual([])
})
