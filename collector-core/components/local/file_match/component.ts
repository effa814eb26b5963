import { matchTargets } from '../../../glob/match-targets.ts'
import { implement } from '../../../runtime/component.ts'
import type { Component, ComponentContext } from '../../../runtime/component.ts'
import type { DefinitionArguments } from '../../../schema/definition.ts'
import type { Labels } from '../../../signal/labels.ts'
import { definition } from './definition.ts'

type Arguments = DefinitionArguments<typeof definition>
type Context = ComponentContext<typeof definition>

export const localFileMatch = implement(definition, (args, context) => new FileMatch(args, context))

class FileMatch implements Component<Arguments> {
  private args: Arguments
  private readonly context: Context
  private published: readonly Labels[] = []
  private problems = ''
  private changed = new AbortController()

  constructor(args: Arguments, context: Context) {
    this.args = args
    this.context = context
    context.publish({ targets: [] })
  }

  async run(stop: AbortSignal): Promise<void> {
    const { clock } = this.context
    while (!stop.aborted) {
      this.changed = new AbortController()
      const { changed } = this
      await this.search()
      await clock.sleep(this.args.sync_period, AbortSignal.any([stop, changed.signal]))
    }
  }

  update(args: Arguments): void {
    this.args = args
    this.changed.abort()
  }

  private async search(): Promise<void> {
    const { path_targets: patterns, ignore_older_than: age } = this.args
    const notBefore = age > 0 ? this.context.clock.now() - age : undefined
    const { targets, problems } = await matchTargets(patterns, notBefore)
    this.report(problems, targets.length)
    const before = this.published
    if (before.length === targets.length && targets.every((target, index) => target.equals(before[index]))) return
    this.published = targets
    this.context.publish({ targets })
  }

  private report(problems: readonly string[], files: number): void {
    const text = problems.slice(0, 5).join('; ')
    if (text === this.problems && text !== '') return
    this.problems = text
    if (text === '') this.context.report({ state: 'healthy', message: `${files} files` })
    else this.context.report({ state: 'unhealthy', message: text })
  }
}
