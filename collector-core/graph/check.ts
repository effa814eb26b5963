// Everything that can be said about a config without running it: syntax, components, references, cycles, arguments.
import type { Catalog } from '../catalog.ts'
import type { Diagnostic } from '../language/diagnostic.ts'
import type { EvaluationEnvironment } from '../language/evaluation-environment.ts'
import { parse } from '../language/parser.ts'
import { buildGraph } from './build.ts'
import { checkArguments } from './check-arguments.ts'
import type { ComponentNode, Graph } from './graph.ts'
import { evaluationOrder } from './order.ts'

/** A config file as text. */
export interface ConfigSource {
  readonly file: string
  readonly text: string
}

/** A config that has been looked at from every side; `diagnostics` are in file order and name their file. */
export interface CheckedConfig {
  readonly graph: Graph
  /** Component ids, what is referred to before those who refer to it. */
  readonly order: readonly string[]
  /** Components Weir knows and keeps but cannot run. */
  readonly unsupported: readonly ComponentNode[]
  readonly diagnostics: readonly Diagnostic[]
}

/** Checks files as one config. */
export function checkConfig(
  sources: readonly ConfigSource[],
  catalog: Catalog,
  environment: EvaluationEnvironment,
): CheckedConfig {
  const diagnostics: Diagnostic[] = []
  const trees = sources.map(({ file, text }) => {
    const parsed = parse(text)
    for (const diagnostic of parsed.diagnostics) diagnostics.push({ ...diagnostic, file })
    return { file, body: parsed.tree.body }
  })
  const { graph, diagnostics: graphDiagnostics } = buildGraph(trees, catalog)
  diagnostics.push(...graphDiagnostics)
  const { order, cycles } = orderOf(graph)
  for (const cycle of cycles) diagnostics.push(...cycleDiagnostics(graph, cycle))
  diagnostics.push(...checkArguments(graph, environment))
  const unsupported = graph.components.filter(({ definition }) => definition === undefined)
  for (const node of unsupported) diagnostics.push(unsupportedDiagnostic(node))
  return { graph, order, unsupported, diagnostics: inFileOrder(diagnostics, sources) }
}

function orderOf(graph: Graph): ReturnType<typeof evaluationOrder> {
  return evaluationOrder(
    graph.components.map(({ id }) => id),
    (id) => graph.byId.get(id)!.references.map(({ target }) => target),
  )
}

function cycleDiagnostics(graph: Graph, cycle: readonly string[]): Diagnostic[] {
  return cycle.map((id) => {
    const node = graph.byId.get(id)!
    const reference = node.references.find(({ target }) => cycle.includes(target))
    const others = cycle.filter((other) => other !== id)
    return {
      severity: 'error',
      code: 'cycle',
      message: others.length === 0 ? `${id} refers to itself` : `${id} is part of a cycle with ${others.join(', ')}`,
      span: reference?.span ?? node.block.name.span,
      file: node.file,
    }
  })
}

function unsupportedDiagnostic({ name, known, block, file }: ComponentNode): Diagnostic {
  const standing = known?.stability === 'generally-available' ? '' : ` (${known?.stability} in Alloy)`
  return {
    severity: 'warning',
    code: 'unsupported-component',
    message: `"${name}"${standing} is kept in the file but Weir cannot run it: run it in Alloy, or start with --skip-unsupported`,
    span: block.name.span,
    file,
  }
}

function inFileOrder(diagnostics: readonly Diagnostic[], sources: readonly ConfigSource[]): Diagnostic[] {
  const rank = new Map(sources.map(({ file }, index) => [file, index]))
  return diagnostics.toSorted(
    (a, b) => (rank.get(a.file ?? '') ?? 0) - (rank.get(b.file ?? '') ?? 0) || a.span.start - b.span.start,
  )
}
