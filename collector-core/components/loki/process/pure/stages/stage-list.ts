import type { ArgumentProblem } from '../../../../../schema/definition.ts'
import type { Fields, Variant } from '../../../../../schema/field.ts'
import { memoLabels } from './label-memo.ts'
import type { Next, StageContext, StageType } from './stage.ts'

/** Stage types by the part of their block name after `stage.`. */
export type StageTable = Readonly<Record<string, StageType>>

/** The arguments of every stage, for a definition. */
export function fieldsOf(table: StageTable): Readonly<Record<string, Fields>> {
  return Object.fromEntries(Object.entries(table).map(([name, { fields }]) => [name, fields]))
}

/** Decoded arguments by their stage's fields, which is what a definition decodes them by. */
type StageArguments = Readonly<Record<string, unknown>>

/** Everything wrong with a list of stages; paths lead through `stage` and the index. */
export function checkStages(table: StageTable, stages: readonly Variant[]): ArgumentProblem[] {
  return stages.flatMap(({ variant, arguments: args }, i) => {
    const problems = table[variant].check?.(args as StageArguments) ?? []
    return problems.map((found) => ({ ...found, path: ['stage', i, ...found.path] }))
  })
}

/** The stages as one function that ends in `next`. */
export function buildStages(table: StageTable, stages: readonly Variant[], context: StageContext, next: Next): Next {
  return stages.reduceRight((following, { variant, arguments: args }) => {
    const stage = table[variant]
    const edit = stage.labelEdit?.(args as StageArguments)
    if (edit === undefined) return stage.build(args as StageArguments, context, following)
    const memo = memoLabels(edit)
    return (entry) => {
      entry.labels = memo(entry.labels)
      following(entry)
    }
  }, next)
}

/** Whether any of the stages, nested ones included, keeps state that a repeated entry would change again. */
export function anyRemembers(table: StageTable, stages: readonly Variant[]): boolean {
  return stages.some(({ variant, arguments: args }) => {
    const { stage: nested } = args as { readonly stage?: readonly Variant[] }
    return table[variant].remembers === true || (nested !== undefined && anyRemembers(table, nested))
  })
}
