import { implement, untilStopped } from '../../../runtime/component.ts'
import type { ArgumentsOf } from '../../../schema/field.ts'
import { compileRelabel } from '../../../signal/relabel/relabel.ts'
import { definition } from './definition.ts'

export const discoveryRelabel = implement(definition, (args, context) => {
  const evaluate = ({ targets, rule }: ArgumentsOf<(typeof definition)['arguments']>): void => {
    const relabel = compileRelabel(rule)
    const output = targets.flatMap((target) => relabel(target) ?? [])
    context.publish({ output, rules: rule })
  }
  evaluate(args)
  return { run: untilStopped, update: evaluate }
})
