// The W3C trace state of a span and its `ot` member, where OpenTelemetry keeps what samplers tell each other:
//
//   trace state = member *( "," member )      member = key "=" value | nothing      blanks around members are dropped
//   ot value    = item *( ";" item )          item   = lowercase letter *( lowercase letter | digit ) ":" value
import { parseRandomness, parseThreshold } from './randomness.ts'
import type { Word56 } from './randomness.ts'

/** A number with the text it was written as. */
export interface Written {
  readonly value: Word56
  readonly text: string
}

/** What an item carries; `rest` are other items of the `ot` member, `others` other vendors' members. */
export interface SamplingState {
  readonly randomness: Written | undefined
  readonly threshold: Written | undefined
  readonly rest: readonly string[]
  readonly others: readonly string[]
}

export const emptyState: SamplingState = { randomness: undefined, threshold: undefined, rest: [], others: [] }

const longestTraceState = 1024
const mostMembers = 31
const longestMember = 256
const member =
  /^(?:[a-z][a-z0-9_\-*/]{0,255}|[a-z0-9][a-z0-9_\-*/]{0,240}@[a-z][a-z0-9_\-*/]{0,13})=[\x20-\x2b\x2d-\x3c\x3e-\x7e]{0,255}[\x21-\x2b\x2d-\x3c\x3e-\x7e]$/
const item = /^[a-z][a-z0-9]*:[a-zA-Z0-9._-]*$/

/** Parses a trace state; undefined when it is not well formed or its sampling information cannot be used. */
export function parseTraceState(text: string): SamplingState | undefined {
  if (text === '') return emptyState
  if (text.length > longestTraceState) return undefined
  const members = text.split(',').map((part) => part.replace(/^[ \t]+|[ \t]+$/g, ''))
  if (members.length > mostMembers) return undefined
  let own: SamplingState = emptyState
  const others: string[] = []
  for (const part of members) {
    if (part === '') continue
    if (!member.test(part)) return undefined
    if (!part.startsWith('ot=')) others.push(part)
    else {
      const parsed = parseOwn(part.slice(3))
      if (parsed === undefined) return undefined
      own = parsed
    }
  }
  return { ...own, others }
}

function parseOwn(text: string): SamplingState | undefined {
  if (text.length > longestMember) return undefined
  let randomness: Written | undefined
  let threshold: Written | undefined
  const rest: string[] = []
  for (const part of text.split(';')) {
    if (!item.test(part)) return undefined
    const value = part.slice(part.indexOf(':') + 1)
    if (part.startsWith('rv:')) {
      randomness = writtenOf(value, parseRandomness(value))
      if (randomness === undefined) return undefined
    } else if (part.startsWith('th:')) {
      threshold = writtenOf(value, parseThreshold(value))
      if (threshold === undefined) return undefined
    } else rest.push(part)
  }
  return { randomness, threshold, rest, others: [] }
}

/** A number that could be parsed, with its text. */
export function writtenOf(text: string, value: Word56 | undefined): Written | undefined {
  return value && { value, text }
}

/** The text of a trace state, its `ot` member first. */
export function formatTraceState({ randomness, threshold, rest, others }: SamplingState): string {
  const own = [
    ...(randomness === undefined ? [] : [`rv:${randomness.text}`]),
    ...(threshold === undefined ? [] : [`th:${threshold.text}`]),
    ...rest,
  ].join(';')
  return [...(own === '' ? [] : [`ot=${own}`]), ...others].join(',')
}
