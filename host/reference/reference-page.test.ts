import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { catalog } from '../../collector-core/catalog.ts'
import { referencePage } from './reference-page.ts'

const folder = join(import.meta.dirname, '../../docs/reference')
const definitions = [...catalog.components.values(), ...catalog.configBlocks.values()]

describe('docs/reference', () => {
  if (process.env.UPDATE === '1') {
    mkdirSync(folder, { recursive: true })
    for (const definition of definitions)
      writeFileSync(join(folder, `${definition.name}.md`), referencePage(definition))
  }

  it.each(definitions.map((definition) => [definition.name, definition] as const))(
    '%s is current',
    (name, definition) => {
      const hint = 'run "UPDATE=1 npx vitest run host/reference" to write it anew'
      expect(readFileSync(join(folder, `${name}.md`), 'utf8'), hint).toBe(referencePage(definition))
    },
  )

  it('holds nothing else', () => {
    const expected = definitions.map(({ name }) => `${name}.md`).sort()
    expect(readdirSync(folder).sort()).toEqual(expected)
  })
})
