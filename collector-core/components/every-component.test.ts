import { existsSync, mkdtempSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { catalog } from '../catalog.ts'
import { checkConfig } from '../graph/check.ts'
import { format } from '../language/format.ts'
import { systemClock } from '../runtime/clock.ts'
import { Collector } from '../runtime/collector.ts'
import type { Fields } from '../schema/field.ts'
import { createRegistry } from '../telemetry/registry.ts'
import { componentTypes } from './index.ts'

const folder = import.meta.dirname
const environment = { env: () => undefined, hostname: 'here', os: 'linux', arch: 'amd64', version: 'v0.0.0' }
const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined }

/** Docs of all fields with the path that leads to them. */
function* docs(fields: Fields, path: string, seen = new Set<Fields>()): Generator<readonly [string, string]> {
  if (seen.has(fields)) return
  seen.add(fields)
  for (const [name, { doc, shape }] of Object.entries(fields)) {
    yield [`${path}.${name}`, doc]
    if (shape.kind === 'block' || shape.kind === 'blocks') yield* docs(shape.fields, `${path}.${name}`, seen)
    if (shape.kind === 'variants') {
      for (const [variant, inner] of Object.entries(shape.of())) yield* docs(inner, `${path}.${variant}`, seen)
    }
  }
}

describe('the catalog', () => {
  it('lists exactly the component folders, in alphabetical order, with their behaviour', () => {
    const folders = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('definition.ts'))
      .map((path) => dirname(path).replaceAll(/[\\/]/g, '.'))
      .sort()
    expect([...catalog.components.keys()]).toEqual(folders)
    expect(componentTypes.map(({ definition }) => definition.name)).toEqual(folders)
  })

  it('names only components that Alloy has', () => {
    for (const name of catalog.components.keys()) expect(catalog.known.has(name), name).toBe(true)
  })
})

describe.each(componentTypes.map((type) => [type.definition.name, type] as const))('%s', (name, { definition }) => {
  it('has its own test', () => {
    expect(existsSync(join(folder, name.replaceAll('.', '/'), 'component.test.ts'))).toBe(true)
  })

  it('documents every argument and export in a sentence', () => {
    const all = [
      [name, definition.summary] as const,
      ...docs(definition.arguments, name),
      ...docs(definition.exports, name),
    ]
    for (const [path, doc] of all) expect(doc, path).toMatch(/^[A-Z`"].*[.]$/su)
  })

  it('has a formatted example that checks without a word', () => {
    expect(
      checkConfig([{ file: 'example.alloy', text: definition.example }], catalog, environment).diagnostics,
    ).toEqual([])
    expect(format(definition.example)).toMatchObject({ kind: 'formatted', changed: false })
  })

  it('builds and runs its example, takes an update, stops within a second, and does it all again', async () => {
    const storagePath = mkdtempSync(join(tmpdir(), 'weir-every-'))
    const text = definition.example.replaceAll(/127\.0\.0\.1:4317|127\.0\.0\.1:4318/g, '127.0.0.1:0')
    const config = checkConfig([{ file: 'example.alloy', text }], catalog, environment)
    for (let round = 0; round < 2; round++) {
      const collector = new Collector({
        environment: {
          clock: systemClock,
          random: Math.random,
          storagePath,
          registry: createRegistry(),
          log: silent,
          logFor: () => silent,
          userAgent: 'Weir/test',
          ownAddress: () => '127.0.0.1:1',
          system: environment,
        },
        types: new Map(componentTypes.map((type) => [type.definition.name, type])),
        onConfigBlock: () => undefined,
      })
      const loaded = await collector.load(config)
      expect(loaded.diagnostics).toEqual([])
      expect((await collector.load(config)).applied).toBe(true)
      const started = performance.now()
      await collector.stop()
      expect(performance.now() - started).toBeLessThan(1500)
    }
  })
})
