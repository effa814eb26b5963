import type { Expression } from '../language/ast.ts'
import type { Diagnostic } from '../language/diagnostic.ts'
import type { EvaluationEnvironment } from '../language/evaluation-environment.ts'
import { traversals } from '../language/references.ts'
import { stdlibNames } from '../language/stdlib/index.ts'
import type { ArgumentProblem } from '../schema/definition.ts'
import { exportOf } from '../schema/definition.ts'
import type { Fields } from '../schema/field.ts'
import { decodeArguments } from './arguments.ts'
import type { ArgumentPath, LeftOut } from './arguments.ts'
import { opaqueExport, zeroExport } from './export-value.ts'
import type { ComponentNode, ConfigBlockNode, Graph, Reference } from './graph.ts'
import { locateArgument } from './locate-argument.ts'
import { referenceScope } from './reference-scope.ts'

/** Arguments by node id as far as the text alone tells them, and what is wrong with them. */
export interface CheckedArguments {
  readonly args: ReadonlyMap<string, Readonly<Record<string, unknown>>>
  readonly diagnostics: readonly Diagnostic[]
}

/** Decodes and checks the arguments of every node with nothing running: what reads another component's data is left out. */
export function checkArguments(graph: Graph, environment: EvaluationEnvironment): CheckedArguments {
  const args = new Map<string, Readonly<Record<string, unknown>>>()
  const diagnostics: Diagnostic[] = []
  for (const node of [...graph.components, ...graph.configBlocks]) {
    const checked = checkNode(node, graph, environment)
    if (checked === undefined) continue
    args.set(node.id, checked.args)
    diagnostics.push(...checked.diagnostics)
  }
  return { args, diagnostics }
}

function checkNode(
  node: ComponentNode | ConfigBlockNode,
  graph: Graph,
  environment: EvaluationEnvironment,
): { readonly args: Readonly<Record<string, unknown>>; readonly diagnostics: readonly Diagnostic[] } | undefined {
  const { definition } = node
  if (definition === undefined) return undefined
  const references = new Map(node.references.map((reference) => [reference.span.start, reference]))
  const scope = referenceScope(node.references, (reference) => emptyExport(graph, reference))
  const { args, diagnostics, leftOut } = decodeArguments(definition.arguments, node.block, {
    scope,
    environment,
    connect: ({ receiver }) => receiver,
    unknown: (expression) => readsUnknown(expression, references, graph),
  })
  const problems = leftOut.length > 0 ? partialProblems(definition, args, leftOut) : argumentProblems(definition, args)
  const all = [...diagnostics, ...problems.map((problem) => problemDiagnostic(node, problem))]
  return { args, diagnostics: all.map((diagnostic) => ({ ...diagnostic, file: node.file })) }
}

/** What a definition's own check says; nothing when it has none. */
export function argumentProblems(
  definition: { readonly arguments: Fields; check?(args: never): readonly ArgumentProblem[] },
  args: Readonly<Record<string, unknown>>,
): readonly ArgumentProblem[] {
  return definition.check?.(args as never) ?? []
}

/**
 * What a definition's check says of arguments some of which are left out: only what cannot come from those. The check
 * may trip over them and then says nothing.
 */
function partialProblems(
  definition: Parameters<typeof argumentProblems>[0],
  args: Readonly<Record<string, unknown>>,
  leftOut: readonly LeftOut[],
): readonly ArgumentProblem[] {
  try {
    return argumentProblems(definition, args).filter(({ path }) => !leftOut.some((other) => mayComeFrom(path, other)))
  } catch (error) {
    if (error instanceof TypeError) return []
    throw error
  }
}

/** True when a problem is about the argument left out, a part of it, the block it stands in, or another argument of that block. */
function mayComeFrom(problem: ArgumentPath, { path, isStream }: LeftOut): boolean {
  const within = (outer: ArgumentPath, inner: ArgumentPath): boolean => outer.every((step, i) => step === inner[i])
  if (within(path, problem) || within(problem, path)) return true
  return !isStream && path.length === problem.length && within(path.slice(0, -1), problem)
}

/** An argument problem at the place of its argument. */
export function problemDiagnostic(
  node: ComponentNode | ConfigBlockNode,
  { path, message, severity }: ArgumentProblem,
): Diagnostic {
  const span = locateArgument(node.block, path)
  return { severity: severity ?? 'error', code: 'invalid-argument', message, span, file: node.file }
}

function emptyExport(graph: Graph, { target, path }: Reference): ReturnType<typeof zeroExport> {
  const node = graph.byId.get(target)!
  const [name] = path
  const exported = node.definition && exportOf(node.definition, name)
  if (exported !== undefined) return zeroExport(target, name, exported.shape)
  return opaqueExport(node.known?.exports[0] ?? 'value')
}

/** True when an expression reads what only running can tell, or a name the graph has complained about already. */
function readsUnknown(expression: Expression, references: ReadonlyMap<number, Reference>, graph: Graph): boolean {
  return traversals(expression).some(({ names, span }) => {
    const reference = references.get(span.start)
    if (reference === undefined) return !stdlibNames.has(names[0])
    const definition = graph.byId.get(reference.target)?.definition
    const kind = definition && exportOf(definition, reference.path[0])?.shape.kind
    return kind !== 'receiver' && kind !== 'rules'
  })
}
