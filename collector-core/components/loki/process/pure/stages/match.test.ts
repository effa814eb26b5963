import { describe, expect, test } from 'vitest'
import { problemsOf, runStages, StageRun } from './run-stages.ts'

const labels = { app: 'web', level: 'WARN' }

describe('stage.match', () => {
  test.each<[string, string, boolean]>([
    ['{app="web"}', 'x', true],
    ['{app="db"}', 'x', false],
    ['{level=~"ERROR|WARN"}', 'x', true],
    ['{app="web"} |= "err"', 'an error', true],
    ['{app="web"} |= "err"', 'fine', false],
    ['{app="web"} != "err"', 'fine', true],
    ['{app="web"} |~ "e.r"', 'xearx', true],
    ['{app="web"} !~ "e.r" |= "x"', 'x', true],
    ['{app="web"} |= "é"', 'café', true],
    ['{missing=""}', 'x', true],
  ])('%s on %s', (selector, line, matches) => {
    const stages = [['match', { selector, stage: [['static_labels', { values: { hit: '1' } }]] }]] as const
    const { out } = runStages(stages, { line, labels })
    expect(out[0].labels).toEqual({ ...labels, ...(matches && { hit: '1' }) })
    const run = new StageRun([['match', { selector, action: 'drop' }]]).send({ line, labels })
    expect(run.out.length).toBe(matches ? 0 : 1)
    expect(run.drops).toEqual(matches ? { match_stage: 1 } : {})
  })

  test('extracted values are those of now, and do not select', () => {
    const { out } = runStages(
      [
        ['static_labels', { values: { app: 'changed', fresh: 'yes' } }],
        [
          'match',
          {
            selector: '{app="changed"}',
            stage: [['template', { source: 'seen', template: '{{ .app }} {{ .fresh }}' }]],
          },
        ],
        ['json', { expressions: { hidden: '' } }],
        ['match', { selector: '{hidden="1"}', stage: [['static_labels', { values: { wrong: '1' } }]] }],
      ],
      { line: '{"hidden":"1"}', labels },
    )
    expect(out[0].extracted).toMatchObject({ seen: 'changed yes', app: 'changed' })
    expect(out[0].labels.wrong).toBeUndefined()
  })

  test('nests, and stops when a nested stage drops', () => {
    const run = new StageRun([
      [
        'match',
        {
          selector: '{app="web"}',
          stage: [
            ['match', { selector: '{level="WARN"} |= "noise"', action: 'drop', drop_counter_reason: 'noise' }],
            ['output', { source: 'app' }],
          ],
        },
      ],
    ]).send({ line: 'noise', labels }, { line: 'signal', labels })
    expect(run.lines).toEqual(['web'])
    expect(run.drops).toEqual({ noise: 1 })
  })

  test('sees the line as earlier stages left it', () => {
    const stages = [
      ['json', { expressions: { msg: '' } }],
      ['output', { source: 'msg' }],
      ['match', { selector: '{app="web"} |= "msg"', action: 'drop' }],
    ] as const
    expect(runStages(stages, { line: '{"msg":"hello"}', labels }).lines).toEqual(['hello'])
  })

  test.each<[Record<string, unknown>, string]>([
    [{ selector: '{a=}' }, 'error selector: the selector is not valid'],
    [{ selector: '{a="1"}', action: 'drop', stage: [['output', { source: 'a' }]] }, 'would never run'],
    [{ selector: '{a="1"}' }, 'warning action: without nested stages'],
    [{ selector: '{a="1"}', stage: [['json', {}]] }, 'error stage.0: set expressions'],
    [
      {
        selector: '{a="1"}',
        stage: [['match', { selector: '{b="1"}', stage: [['template', { source: 'x', template: '{{' }]] }]],
      },
      'stage.0.stage.0.template: the template cannot be used',
    ],
  ])('reports %j', (args, reason) => expect(problemsOf([['match', args]])[0]).toContain(reason))
})
