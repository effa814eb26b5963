// For every secret argument there is, and every one that may hold a URL with a password: a marker goes in, in every way it
// can be written and miswritten, and must never come out.
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { catalog } from '../collector-core/catalog.ts'
import { parse } from '../collector-core/language/parser.ts'
import type { Block } from '../collector-core/language/ast.ts'
import type { Fields } from '../collector-core/schema/field.ts'
import type { Shape } from '../collector-core/schema/shape.ts'
import { holdsSecret } from '../collector-core/schema/shape.ts'
import { CollectorService } from './collector-service.ts'

const marker = 'Hunter2canary'
const forms = [marker, Buffer.from(marker).toString('base64').slice(0, -2), Buffer.from(marker).toString('hex')]

/** Where a secret argument stands: blocks on the way to it, and its own name. */
interface Place {
  readonly blocks: readonly string[]
  readonly name: string
  readonly shape: Shape
}

function* secretsIn(fields: Fields, blocks: readonly string[]): Generator<Place> {
  for (const [name, { shape }] of Object.entries(fields)) {
    if (shape.kind === 'block' || shape.kind === 'blocks') yield* secretsIn(shape.fields, [...blocks, name])
    else if (holdsSecret(shape)) yield { blocks, name, shape }
  }
}

const scalars = [
  `"${marker}"`,
  `\`${marker}\``,
  `'${marker}'`,
  `"${marker}`,
  marker,
  `["${marker}"]`,
  `{ a = "${marker}" }`,
  `"${marker}" + 1`,
  `"${marker}" == true || 1`,
  `-"${marker}"`,
  `"${marker}".field`,
  `"${marker}"[0]`,
  `"${marker.padEnd(200, 'x')}" * 2`,
  `sys.env("CANARY")`,
  `convert.nonsensitive(sys.env("CANARY"))`,
  `convert.nonsensitive("${marker}")`,
  `encoding.from_json("${marker}")`,
  `encoding.from_json(sys.env("CANARY"))`,
  `encoding.from_base64("${marker}!")`,
  `string.format("%d", "${marker}")`,
  `string.to_upper("${marker}", 2)`,
  `string.nothing("${marker}")`,
]

/** An expression in the form a slot wants, around a scalar. */
function wrapped(shape: Shape, scalar: string): string {
  if (shape.kind === 'list') return `[${wrapped(shape.of, scalar)}]`
  return shape.kind === 'map' ? `{ "X-Canary" = ${wrapped(shape.of, scalar)} }` : scalar
}

/** The example with one more statement in the blocks named, which are made where the example has none. */
function withStatement(example: string, blockName: string, blocks: readonly string[], statement: string): string {
  const statements = parse(example).tree.body.statements
  let block = statements.find((other): other is Block => other.kind === 'block' && other.name.text === blockName)!
  let depth = 0
  for (; depth < blocks.length; depth++) {
    const inner = block.body.statements.find(
      (other): other is Block => other.kind === 'block' && other.name.text === blocks[depth],
    )
    if (inner === undefined) break
    block = inner
  }
  const missing = blocks.slice(depth)
  const text = `\n${missing.map((name) => `${name} {\n`).join('')}${statement}\n${missing.map(() => '}\n').join('')}`
  const end = block.span.end - 1
  return example.slice(0, end) + text + example.slice(end)
}

/** Arguments that take a URL, or an address that people may write as one. */
function* urlsIn(fields: Fields, blocks: readonly string[]): Generator<Place> {
  for (const [name, { shape }] of Object.entries(fields)) {
    if (shape.kind === 'block' || shape.kind === 'blocks') yield* urlsIn(shape.fields, [...blocks, name])
    else if (shape.kind === 'string' && /url|endpoint|host|address/.test(name)) yield { blocks, name, shape }
  }
}

const definitions = [...catalog.components.values(), ...catalog.configBlocks.values()]

const urlPlaces = definitions.flatMap((definition) =>
  [...urlsIn(definition.arguments, [])].map(
    (place) => [[definition.name, ...place.blocks, place.name].join('.'), definition, place] as const,
  ),
)

const places = definitions.flatMap((definition) =>
  [...secretsIn(definition.arguments, [])].map(
    (place) => [[definition.name, ...place.blocks, place.name].join('.'), definition, place] as const,
  ),
)

const said: string[] = []
let service: CollectorService

beforeAll(async () => {
  process.env.CANARY = marker
  service = new CollectorService({
    listen: { host: '127.0.0.1', port: 0 },
    freePortIfTaken: false,
    storagePath: mkdtempSync(join(tmpdir(), 'weir-secrets-')),
    skipUnsupported: false,
    page: undefined,
    writeLog: (line, record) => said.push(line, JSON.stringify(record)),
  })
  await service.open()
})
afterAll(async () => {
  delete process.env.CANARY
  await service.stop()
})

/** Everything that can be asked of the collector. */
async function everything(): Promise<string> {
  const ids = service.collector.components().map(({ node }) => node.id)
  const paths = [
    ...['/metrics', '/-/healthy', '/api/v0/web/components', '/api/v0/weir/pipeline', '/api/v0/weir/frame'],
    ...['/api/v1/metrics/targets', ...ids.map((id) => `/api/v0/web/components/${id}`)],
  ]
  const answers = await Promise.all(paths.map(async (path) => (await fetch(`http://${service.address}${path}`)).text()))
  return answers.join('\n')
}

function expectSilence(text: string, config: string): void {
  const told = forms.find((form) => text.toLowerCase().includes(form.toLowerCase()))
  if (told !== undefined) {
    const at = text.toLowerCase().indexOf(told.toLowerCase())
    expect.unreachable(`the secret is told: …${text.slice(Math.max(0, at - 150), at + 60)}…\nfor\n${config}`)
  }
}

it('knows secret arguments in exporters, scrapers and the server', () => {
  const names = places.map(([name]) => name)
  expect(names).toEqual(
    expect.arrayContaining([
      'loki.write.endpoint.basic_auth.password',
      'prometheus.scrape.bearer_token',
      'prometheus.remote_write.endpoint.http_headers',
      'otelcol.exporter.otlp.client.headers',
      'http.auth.basic.password',
    ]),
  )
})

/** Shared blocks bring the same argument many times: only the first gets every value there is. */
const isFirst = (where: string, name: string): boolean =>
  places.find(([, , place]) => place.name === name)![0] === where

describe.each(places)('%s', (where, definition, { blocks, name, shape }) => {
  it('is told nowhere, however it is written', async () => {
    const tried = scalars.slice(0, isFirst(where, name) ? undefined : 6)
    const values = [...new Set(tried.flatMap((scalar) => [wrapped(shape, scalar), scalar]))]
    const configs = values.flatMap((value) => [
      withStatement(definition.example, definition.name, blocks, `${name} = ${value}`),
      withStatement(definition.example, definition.name, blocks, `${name}x = ${value}`),
    ])
    configs.push(withStatement(definition.example, definition.name, blocks, `${name} = "${marker}"\nnonsense = (`))
    configs.push(
      withStatement(definition.example, definition.name, blocks, `${name} = "${marker}"\n${name} = "${marker}"`),
    )
    for (const config of configs) {
      said.length = 0
      const { applied, diagnostics, text, errors } = await service.apply(() => [{ file: 'c.alloy', text: config }])
      expectSilence([JSON.stringify(diagnostics), text, ...errors].join('\n'), config)
      if (applied) expectSilence(await everything(), config)
      expectSilence(said.join('\n'), config)
    }
  })
})

/** What has to stand beside a secret for its block to be complete. */
const companions: Readonly<Record<string, string>> = {
  'oauth2.proxy_connect_header': 'client_secret = "other"\n',
  oauth2: 'client_id = "me"\ntoken_url = "http://127.0.0.1:1/token"\n',
  proxy_connect_header: 'proxy_url = "http://127.0.0.1:1"\n',
  basic: 'username = "me"\n',
}

it('was not silent because nothing ran: all but keys that are none can be applied, and are told nowhere then', async () => {
  const refused: string[] = []
  for (const [where, definition, { blocks, name, shape }] of places) {
    const block = blocks.at(-1) ?? ''
    const beside = [block, name, `${block}.${name}`].map((key) => companions[key] ?? '').join('')
    const statement = `${beside}${name} = ${wrapped(shape, `"${marker}"`)}`
    const example = where.startsWith('http.') ? 'http { }\n' : definition.example
    const config = withStatement(example, definition.name, blocks, statement)
    said.length = 0
    const { applied } = await service.apply(() => [{ file: 'c.alloy', text: config }])
    if (!applied) refused.push(where)
    expectSilence((await everything()) + said.join('\n'), config)
  }
  expect(refused.filter((where) => !where.endsWith('.key_pem'))).toEqual([])
})

const urls = [
  `https://me:${marker}@127.0.0.1:1/x`,
  `me://me:${marker}@127.0.0.1`,
  `http://me:${marker}/x@127.0.0.1`,
  `http://me:${marker}@127.0.0.1:99999999`,
]

it('knows URLs in exporters and proxies', () => {
  const names = urlPlaces.map(([name]) => name)
  expect(names).toEqual(
    expect.arrayContaining([
      'prometheus.remote_write.endpoint.url',
      'loki.write.endpoint.proxy_url',
      'otelcol.exporter.otlphttp.client.endpoint',
      'prometheus.scrape.oauth2.token_url',
      'discovery.docker.host',
    ]),
  )
})

it('a password in a URL is told nowhere, whether the URL can be used or not', async () => {
  process.env.CANARY_URL = urls[0]
  const used: string[] = []
  for (const [where, definition, { blocks, name }] of urlPlaces) {
    const block = blocks.at(-1) ?? ''
    const beside = (companions[block] ?? '').replace(new RegExp(`${name} = .*\n`), '')
    const example = definition.example.replace(new RegExp(`^\\s*${name}\\s*=.*$`, 'gm'), '')
    const withValue = (value: string): string =>
      withStatement(example, definition.name, blocks, `${beside}${name} = ${value} // not ${value}`)
    const values = [...urls.map((url) => JSON.stringify(url)), `\`${urls[0]}\``, `"${urls[0]}`, 'sys.env("CANARY_URL")']
    for (const config of values.flatMap((value) => [
      withValue(value),
      withValue(value).replace(`${name} =`, `${name}x =`),
    ])) {
      said.length = 0
      const { applied, diagnostics, text, errors } = await service.apply(() => [{ file: 'c.alloy', text: config }])
      if (applied) used.push(where)
      expectSilence([JSON.stringify(diagnostics), text, ...errors].join('\n'), config)
      expectSilence((applied ? await everything() : '') + said.join('\n'), config)
    }
  }
  delete process.env.CANARY_URL
  expect(used).toEqual(
    expect.arrayContaining([
      'prometheus.remote_write.endpoint.url',
      'prometheus.scrape.proxy_url',
      'loki.write.endpoint.url',
      'otelcol.exporter.otlphttp.client.endpoint',
    ]),
  )
})
