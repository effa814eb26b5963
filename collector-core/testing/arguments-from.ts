import { decodeArguments } from '../graph/arguments.ts'
import type { Block } from '../language/ast.ts'
import { parse } from '../language/parser.ts'
import { Scope } from '../language/scope.ts'
import type { Definition, DefinitionArguments } from '../schema/definition.ts'

const environment = { env: () => undefined, hostname: 'here', os: 'linux', arch: 'amd64', version: 'v0.0.0' }

/**
 * The arguments of a component as the text of its body says them, defaults filled in. Throws on any error but those of
 * the definition's own check.
 */
export function argumentsFrom<D extends Definition>(definition: D, body: string): DefinitionArguments<D> {
  const { tree, diagnostics } = parse(`${definition.name} "test" {\n${body}\n}\n`)
  const block = tree.body.statements.find((statement): statement is Block => statement.kind === 'block')
  if (block === undefined || diagnostics.length > 0)
    throw new Error(diagnostics.map(({ message }) => message).join('; '))
  const decoded = decodeArguments(definition.arguments, block, {
    scope: new Scope(),
    environment,
    unknown: () => false,
    connect: () => {
      throw new Error('argumentsFrom knows no other components: set receivers on the result')
    },
  })
  const errors = decoded.diagnostics.filter(({ severity }) => severity === 'error')
  if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join('; '))
  return decoded.args as DefinitionArguments<D>
}
