import { decodeArguments } from '../graph/arguments.ts'
import type { Decoded } from '../graph/arguments.ts'
import { argumentProblems, problemDiagnostic } from '../graph/check-arguments.ts'
import { exportValue, opaqueExport } from '../graph/export-value.ts'
import type { ComponentNode, ConfigBlockNode } from '../graph/graph.ts'
import { referenceScope } from '../graph/reference-scope.ts'
import { hasErrors } from '../language/diagnostic.ts'
import type { EvaluationEnvironment } from '../language/evaluation-environment.ts'
import { redactUrls } from '../language/redact-url.ts'
import { exportOf } from '../schema/definition.ts'
import type { Definition } from '../schema/definition.ts'
import type { Connections } from './edges.ts'
import type { Exports } from './running-component.ts'

/** Finds a component by id: its definition and what it has published so far. */
export type Lookup = (
  id: string,
) => { readonly type: { readonly definition: Definition }; readonly exports: Exports } | undefined

/**
 * Evaluates and decodes a node's arguments with the exports of running components. References to components that do not
 * run are skipped (receivers) or empty (the rest). Collecting the edges it needs in `connections` is the only side effect.
 */
export function evaluateNode(
  node: ComponentNode | ConfigBlockNode,
  lookup: Lookup,
  environment: EvaluationEnvironment,
  connections: Connections,
): Decoded {
  const { definition } = node
  if (definition === undefined) return { args: {}, diagnostics: [], leftOut: [] }
  const scope = referenceScope(node.references, ({ target, path }) => {
    const owner = lookup(target)
    const exported = owner && exportOf(owner.type.definition, path[0])
    if (owner === undefined || exported === undefined) return opaqueExport('value')
    return exportValue(target, path[0], exported.shape, owner.exports[path[0]])
  })
  const { args, diagnostics, leftOut } = decodeArguments(definition.arguments, node.block, {
    scope,
    environment,
    connect: ({ owner, name, receiver }, carries) =>
      connections.connect({ from: node.id, to: owner, exportName: name, carries }, receiver),
    unknown: () => false,
  })
  const problems = hasErrors(diagnostics) ? [] : argumentProblems(definition, args)
  const located = [...diagnostics, ...problems.map((problem) => problemDiagnostic(node, problem))]
  const told = located.map((diagnostic) => ({
    ...diagnostic,
    message: redactUrls(diagnostic.message),
    file: node.file,
  }))
  return { args, diagnostics: told, leftOut }
}
