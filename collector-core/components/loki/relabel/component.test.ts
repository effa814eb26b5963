import { describe, expect, test } from 'vitest'
import type { DefinitionArguments } from '../../../schema/definition.ts'
import { LogLinesBuilder } from '../../../signal/log-lines.ts'
import type { LogStream } from '../../../signal/log-batch.ts'
import { Labels } from '../../../signal/labels.ts'
import type { RelabelRule } from '../../../signal/relabel-rule.ts'
import { refused } from '../../../signal/receiver.ts'
import type { Receiver } from '../../../signal/receiver.ts'
import { recordingContext } from '../../../testing/component-context.ts'
import { RecordingLogs } from '../../../testing/recording-receiver.ts'
import { relabelRule as rule } from '../../../testing/relabel-rule.ts'
import { lokiRelabel } from './component.ts'
import type { definition } from './definition.ts'

const stream = (labels: Record<string, string>, ...lines: string[]): LogStream => {
  const builder = new LogLinesBuilder()
  for (const line of lines) builder.addText(line, 1, 0)
  return { labels: Labels.from(labels), lines: builder.build() }
}
const containerRules = [
  rule({ source_labels: ['__meta_docker_container_name'], regex: '/(.*)', target_label: 'service_name' }),
  rule({ source_labels: ['__meta_docker_container_name'], target_label: 'container' }),
]

function start(rules: readonly RelabelRule[]) {
  const context = recordingContext<typeof definition>()
  const logs = new RecordingLogs()
  const argsOf = (rule: readonly RelabelRule[]): DefinitionArguments<typeof definition> => ({
    forward_to: [logs],
    max_cache_size: 10,
    rule,
  })
  const component = lokiRelabel.build(argsOf(rules), context)
  const { receiver } = context.published[0] as { receiver: Receiver<'logs'> }
  return { context, logs, receiver, update: (next: readonly RelabelRule[]) => component.update(argsOf(next)) }
}

describe('loki.relabel', () => {
  test('turns Docker metadata into labels, as the guide does', async () => {
    const { receiver, logs } = start(containerRules)
    await receiver.accept({ streams: [stream({ __meta_docker_container_name: '/lgtm-stack-tempo-1' }, 'x')] })
    expect(logs.lines[0].labels).toEqual({
      __meta_docker_container_name: '/lgtm-stack-tempo-1',
      service_name: 'lgtm-stack-tempo-1',
      container: '/lgtm-stack-tempo-1',
    })
  })

  test('drops streams, and streams left without labels, and counts their lines', async () => {
    const { receiver, logs, context } = start([
      rule({ action: 'drop', source_labels: ['app'], regex: 'noise' }),
      rule({ action: 'labeldrop', regex: 'only' }),
    ])
    const given = [stream({ app: 'noise' }, '1', '2'), stream({ app: 'web' }, '3'), stream({ only: '1' }, '4')]
    expect(await receiver.accept({ streams: given })).toEqual({ kind: 'accepted' })
    expect(logs.lines.map(({ line }) => line)).toEqual(['3'])
    expect(context.drops).toEqual([{ count: 3, reason: 'relabel_rule' }])
    expect(context.values.get('loki_relabel_entries_processed')).toBe(4)
    expect(context.values.get('loki_relabel_entries_written')).toBe(1)
  })

  test('sends nothing on when all is dropped', async () => {
    const { receiver, logs } = start([rule({ action: 'drop', regex: '' })])
    logs.answer = () => refused('never asked')
    expect(await receiver.accept({ streams: [stream({ a: '1' }, 'x')] })).toEqual({ kind: 'accepted' })
  })

  test('publishes its rules, new ones after a change, and keeps its receiver', async () => {
    const { receiver, logs, context, update } = start(containerRules)
    void update([rule({ replacement: 'x', target_label: 'env' })])
    await receiver.accept({ streams: [stream({ a: '1' }, 'x')] })
    expect(logs.lines[0].labels).toEqual({ a: '1', env: 'x' })
    expect(context.published).toMatchObject([{ rules: containerRules }, { receiver, rules: [{ target_label: 'env' }] }])
  })
})
