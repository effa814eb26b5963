import { quote } from '../../../collector-core/language/print-value.ts'

/** One label a line must have, or must not have, with this value. */
export interface LabelFilter {
  readonly label: string
  readonly value: string
  readonly negated: boolean
}

/** What is looked for without writing LogQL. */
export interface LineSearch {
  readonly filters: readonly LabelFilter[]
  /** Kept by lines that hold it, in any case; empty keeps all. */
  readonly contains: string
}

/** LogQL of a search; a selector needs one label that may not be empty, so none at all asks for every service. */
export function logQuery({ filters, contains }: LineSearch): string {
  const matchers = filters.map(({ label, value, negated }) => `${label}${negated ? '!=' : '='}${quote(value)}`)
  if (!filters.some(({ negated, value }) => !negated && value !== '')) matchers.unshift('service_name=~".+"')
  const filter = contains === '' ? '' : ` |~ ${quote(`(?i)${escaped(contains)}`)}`
  return `{${matchers.join(', ')}}${filter}`
}

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
