import { Labels } from '../../../../collector-core/signal/labels.ts'
import type { LabelMatcher, LineFilter } from '../../../../collector-core/signal/logql/log-selector.ts'
import { compare } from '../promql/operate.ts'
import { parseAmount } from './amount.ts'
import type { LabelCondition, LogLine, Stage } from './expression.ts'
import { jsonFields, jsonPaths, logfmtFields } from './extract-fields.ts'
import type { Fields } from './extract-fields.ts'

/** A line that passed: its text, its stream's labels, its metadata, and what stages found in it. */
export interface PassedLine {
  readonly time: bigint
  readonly line: string
  readonly stream: Labels
  readonly metadata: ReadonlyMap<string, string>
  readonly parsed: ReadonlyMap<string, string>
}

interface Draft {
  readonly time: bigint
  line: string
  stream: Labels
  readonly metadata: Map<string, string>
  readonly parsed: Map<string, string>
}

/** Runs the stages on lines; undefined for a line that does not pass. */
export function createPipeline(stages: readonly Stage[]): (line: LogLine) => PassedLine | undefined {
  return ({ time, line, metadata, labels }) => {
    const draft: Draft = { time, line, stream: labels, metadata: new Map(), parsed: new Map() }
    for (const [name, value] of metadata) draft.metadata.set(labels.has(name) ? `${name}_extracted` : name, value)
    return stages.every((stage) => passes(stage, draft)) ? draft : undefined
  }
}

/** All labels of a line as one set. */
export function labelsOf({ stream, metadata, parsed }: PassedLine): Labels {
  return metadata.size === 0 && parsed.size === 0 ? stream : stream.with([...metadata, ...parsed])
}

/** The value of a label of a line; empty when it has none. */
export function labelOf({ stream, metadata, parsed }: PassedLine, name: string): string {
  return parsed.get(name) ?? metadata.get(name) ?? stream.get(name)
}

function passes(stage: Stage, draft: Draft): boolean {
  switch (stage.kind) {
    case 'line':
      return stage.any.some((filter) => contains(filter, draft.line)) === (stage.op === '|=' || stage.op === '|~')
    case 'json':
      add(
        draft,
        stage.fields.length === 0 ? jsonFields(draft.line) : jsonPaths(draft.line, stage.fields),
        'JSONParserErr',
      )
      return true
    case 'logfmt':
      add(draft, chosen(logfmtFields(draft.line), stage.fields), 'LogfmtParserErr')
      return true
    case 'regexp': {
      const match = stage.regex.exec(draft.line)
      const found = stage.regex.groupNames.flatMap((name, i) => {
        const value = match?.groups[i]
        return name === '' || value === undefined ? [] : [[name, value] as const]
      })
      add(draft, new Map(found), '')
      return true
    }
    case 'labels':
      return holds(stage.condition, draft)
    case 'drop':
    case 'keep':
      select(stage, draft)
      return true
    case 'decolorize':
      draft.line = draft.line.replace(/\u001b\[[0-9;]*m/g, '')
      return true
  }
}

function contains({ text, regex }: LineFilter, line: string): boolean {
  return regex === undefined ? line.includes(text) : regex.test(line)
}

function chosen(all: ReadonlyMap<string, string>, fields: readonly (readonly [string, string])[]): Fields {
  if (fields.length === 0) return all
  return new Map(fields.flatMap(([label, name]) => (all.has(name) ? [[label, all.get(name)!] as const] : [])))
}

function add({ stream, metadata, parsed }: Draft, fields: Fields, error: string): void {
  if (fields === undefined) {
    parsed.set('__error__', error)
    return
  }
  for (const [name, value] of fields) {
    parsed.set(stream.has(name) || metadata.has(name) ? `${name}_extracted` : name, value)
  }
}

function holds(condition: LabelCondition, draft: Draft): boolean {
  switch (condition.kind) {
    case 'and':
      return holds(condition.left, draft) && holds(condition.right, draft)
    case 'or':
      return holds(condition.left, draft) || holds(condition.right, draft)
    case 'text':
      return matches(condition.matcher, labelOf(draft, condition.matcher.name))
    case 'amount': {
      const text = labelOf(draft, condition.name)
      if (text === '') return false
      const value = parseAmount(text, condition.unit)
      if (value !== undefined) return compare(condition.operator, value, condition.value)
      // As in Loki, a value that cannot be compared passes, marked.
      draft.parsed.set('__error__', 'LabelFilterErr')
      return true
    }
  }
}

function matches({ op, value, regex }: LabelMatcher, actual: string): boolean {
  return (regex === undefined ? actual === value : regex.test(actual)) === (op === '=' || op === '=~')
}

function select({ kind, names, matchers }: Extract<Stage, { kind: 'drop' | 'keep' }>, draft: Draft): void {
  const named = (name: string, value: string): boolean =>
    names.includes(name) || matchers.some((matcher) => matcher.name === name && matches(matcher, value))
  const stays = (name: string, value: string): boolean => named(name, value) === (kind === 'keep')
  draft.stream = draft.stream.filter(stays)
  for (const map of [draft.metadata, draft.parsed]) {
    for (const [name, value] of map) if (!stays(name, value)) map.delete(name)
  }
}
