// Everything that can be said about a config without running it: syntax, components, references, cycles, arguments.
import type { Catalog } from '../catalog.ts'
import type { Diagnostic } from '../language/diagnostic.ts'
import type { EvaluationEnvironment } from '../language/evaluation-environment.ts'
import { parse } from '../language/parser.ts'
import type { Parsed } from '../language/parser.ts'
import { buildGraph } from './build.ts'
import { checkArguments } from './check-arguments.ts'
import type { CheckedArguments } from './check-arguments.ts'
import type { ComponentNode, Graph, Reference } from './graph.ts'
import { withoutSecrets } from './mask-secrets.ts'
import { evaluationOrder } from './order.ts'

/** A config file as text. */
export interface ConfigSource {
  readonly file: string
  readonly text: string
  /** What reading the text gave, where that is known already. */
  readonly parsed?: Parsed
}

/** A config that has been looked at from every side; `diagnostics` are in file order, name their file, and are bounded. */
export interface CheckedConfig {
  readonly graph: Graph
  /** Arguments by node id, as far as they can be told without running anything. */
  readonly args: CheckedArguments['args']
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
  const trees = sources.map(({ file, text, parsed = parse(text) }) => {
    for (const diagnostic of parsed.diagnostics) diagnostics.push({ ...diagnostic, file })
    return { file, body: parsed.tree.body }
  })
  const { graph, diagnostics: graphDiagnostics } = buildGraph(trees, catalog)
  diagnostics.push(...graphDiagnostics)
  const { order, cycles } = orderOf(graph)
  for (const cycle of cycles) diagnostics.push(...cycleDiagnostics(graph, cycle))
  const { args, diagnostics: argumentDiagnostics } = checkArguments(graph, environment)
  diagnostics.push(...argumentDiagnostics)
  const unsupported = graph.components.filter(({ definition }) => definition === undefined)
  for (const node of unsupported) diagnostics.push(unsupportedDiagnostic(node))
  return {
    graph,
    args,
    order,
    unsupported,
    diagnostics: bounded(clean(inFileOrder(withoutEchoes(diagnostics), sources), sources, catalog)),
  }
}

function orderOf(graph: Graph): ReturnType<typeof evaluationOrder> {
  return evaluationOrder(
    graph.components.map(({ id }) => id),
    (id) => graph.byId.get(id)!.references.map(({ target }) => target),
  )
}

function cycleDiagnostics(graph: Graph, cycle: readonly string[]): Diagnostic[] {
  const members = new Set(cycle)
  const nextOf = (id: string): Reference | undefined =>
    graph.byId.get(id)!.references.find(({ target }) => members.has(target))
  return cycle.map((id) => {
    const node = graph.byId.get(id)!
    return {
      severity: 'error',
      code: 'cycle',
      message: members.size === 1 ? `${id} refers to itself` : `${id} is part of a cycle: ${wayAround(id, nextOf)}`,
      span: nextOf(id)?.span ?? node.block.name.span,
      file: node.file,
    }
  })
}

const longestWay = 8

/** The ids on the way from one back to itself, or to the first that comes again; a long way is cut short. */
function wayAround(start: string, nextOf: (id: string) => Reference | undefined): string {
  const way = [start]
  const seen = new Set(way)
  for (let next = nextOf(start)?.target; next !== undefined; next = nextOf(next)?.target) {
    way.push(way.length < longestWay ? next : '…')
    if (seen.has(next) || way.length > longestWay) break
    seen.add(next)
  }
  return way.join(' → ')
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

/** A reference that does not fit is said once: by the graph, which knows more, and not by the decoder as well. */
function withoutEchoes(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const placeOf = ({ file, span }: Diagnostic): string => `${span.start}:${file}`
  const misfits = new Set(diagnostics.filter(({ code }) => code === 'ports-do-not-fit').map(placeOf))
  return diagnostics.filter((diagnostic) => diagnostic.code !== 'wrong-type' || !misfits.has(placeOf(diagnostic)))
}

const mostDiagnostics = 1_000

/** The thousand that matter most, in the order given, and one that says how many there are besides. */
function bounded(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  if (diagnostics.length <= mostDiagnostics) return diagnostics
  const weight = ({ severity, code }: Diagnostic): number =>
    severity === 'error' ? 0 : code === 'unsupported-component' ? 1 : 2
  const kept = new Set(diagnostics.toSorted((a, b) => weight(a) - weight(b)).slice(0, mostDiagnostics))
  const shown = diagnostics.filter((diagnostic) => kept.has(diagnostic))
  const { severity, span, file } = shown[shown.length - 1]
  const message = `${diagnostics.length - shown.length} more problems are not shown`
  return [...shown, { severity, code: 'more-problems', message, span, file }]
}

/** Without the secrets of each diagnostic's own file. */
function clean(diagnostics: readonly Diagnostic[], sources: readonly ConfigSource[], catalog: Catalog): Diagnostic[] {
  return sources.flatMap(({ file, text }) =>
    withoutSecrets(
      diagnostics.filter((diagnostic) => diagnostic.file === file),
      text,
      catalog,
    ),
  )
}

function inFileOrder(diagnostics: readonly Diagnostic[], sources: readonly ConfigSource[]): Diagnostic[] {
  const rank = new Map(sources.map(({ file }, index) => [file, index]))
  return diagnostics.toSorted(
    (a, b) => (rank.get(a.file ?? '') ?? 0) - (rank.get(b.file ?? '') ?? 0) || a.span.start - b.span.start,
  )
}
