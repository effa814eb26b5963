import type { Preflight, Proof, SentPerSecond, StackState } from '../../contract/stack.ts'
import { sizeWords } from '../../stack/preflight/room-findings.ts'

const marks = {
  ready: '●',
  starting: '◐',
  unready: '◐',
  stopping: '◐',
  stopped: '○',
  absent: '○',
  failed: '✗',
} as const

/** The state as a table of cards, for people. */
export function stateText(state: StackState): string {
  const rows = state.cards.map((card) => [
    `${marks[card.state]} ${card.backend}`,
    card.state,
    card.version ?? '',
    card.url ?? '',
    card.memoryBytes === undefined ? '' : sizeWords(card.memoryBytes),
    card.sent === undefined ? '' : sentText(card.sent),
    card.restarts > 0 ? `${card.restarts} restarts` : '',
    card.readiness.slice(0, 60),
    card.upgradeTo === undefined ? '' : `(${card.upgradeTo} is pinned: weir stack upgrade)`,
  ])
  const problems = [state.problem, ...state.cards.map(({ problem }) => problem)].filter(
    (problem) => problem !== undefined,
  )
  return [
    `${state.phase}, ${state.provider}: ${state.why}`,
    ...table(rows),
    ...problems.flatMap(({ message, nextStep }) => [`✗ ${message}`, `  ${nextStep}`]),
  ].join('\n')
}

function sentText({ metrics, logs, traces }: SentPerSecond): string {
  const each = [
    [metrics, 'samples/s'],
    [logs, 'lines/s'],
    [traces, 'spans/s'],
  ] as const
  return each.map(([rate, unit]) => `${rate.toFixed(1)} ${unit}`).join(', ')
}

export function preflightText({ findings, canStart }: Preflight): string {
  const lines = findings.flatMap(({ check, severity, message, fix }) => {
    const mark = severity === 'ok' ? '✓' : severity === 'warning' ? '!' : '✗'
    return [`${mark} ${check}: ${message}`, ...(fix === undefined ? [] : [`  ${fixText(fix)}`])]
  })
  return [...lines, canStart ? 'Nothing is in the way.' : 'The stack cannot start like this.'].join('\n')
}

function fixText(fix: NonNullable<Preflight['findings'][number]['fix']>): string {
  switch (fix.kind) {
    case 'use-port':
      return `→ weir stack up --port ${fix.name}=${fix.port}`
    case 'use-provider':
      return `→ weir stack up --provider ${fix.provider}`
    case 'by-hand':
      return `→ ${fix.words}`
  }
}

export function proofText({ ticks }: Proof): string {
  const marks = { passed: '✓', failed: '✗', skipped: '–', waiting: '…' } as const
  const rows = ticks.map(({ step, state, ms, words }) => [
    `${marks[state]} ${step.replaceAll('-', ' ')}`,
    ms === undefined ? '' : `${ms} ms`,
    words,
  ])
  const next = ticks.flatMap(({ nextStep }) => (nextStep === undefined ? [] : [`  ${nextStep}`]))
  return [...table(rows), ...next].join('\n')
}

/** Rows with columns as wide as their widest cell; columns that are empty everywhere are left out. */
export function table(rows: readonly (readonly string[])[]): string[] {
  const width = rows.reduce((most, row) => Math.max(most, row.length), 0)
  const columns = Array.from({ length: width }, (_, index) =>
    Math.max(0, ...rows.map((row) => (row.at(index) ?? '').length)),
  )
  return rows.map((row) =>
    row
      .map((cell, index) => cell.padEnd(columns[index]))
      .filter((_, index) => columns[index] > 0)
      .join('  ')
      .trimEnd(),
  )
}
