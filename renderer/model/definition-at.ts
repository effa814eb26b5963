// What the definitions say of a place in a config, by the names of the blocks that lead to it.
import { catalog } from '../../collector-core/catalog.ts'
import { variantsOf } from '../../collector-core/graph/arguments.ts'
import type { Field, Fields } from '../../collector-core/schema/field.ts'

/** What the blocks of these names may hold, outermost first; undefined when one of them is not defined. */
export function fieldsIn(blocks: readonly string[]): Fields | undefined {
  if (blocks.length === 0) return undefined
  const [name, ...inner] = blocks
  const root = catalog.components.get(name) ?? catalog.configBlocks.get(name)
  return inner.reduce<Fields | undefined>((fields, block) => fields && fieldsOfBlock(fields, block), root?.arguments)
}

/** What a block may hold, by its name in the block around it; a member of a family such as `stage.json` too. */
export function fieldsOfBlock(fields: Fields, block: string): Fields | undefined {
  const shape = fieldNamed(fields, block)?.shape
  if (shape?.kind === 'block' || shape?.kind === 'blocks') return shape.fields
  return variantsOf(fields, block)?.inner
}

/** An argument by its name; for a member of a family, the family. */
export function fieldNamed(fields: Fields, name: string): Field | undefined {
  if (Object.hasOwn(fields, name)) return fields[name]
  const family = variantsOf(fields, name)
  return family && fields[family.argument]
}
