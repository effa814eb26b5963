/** The actions of a relabel rule, as in Prometheus' `relabel_config`. */
export const relabelActions = [
  'replace',
  'keep',
  'drop',
  'keepequal',
  'dropequal',
  'hashmod',
  'labelmap',
  'labeldrop',
  'labelkeep',
  'lowercase',
  'uppercase',
] as const

export type RelabelAction = (typeof relabelActions)[number]

/** One relabel rule as written in the configuration; regexes are RE2 text, fully anchored when compiled. */
export interface RelabelRule {
  readonly action: RelabelAction
  readonly source_labels: readonly string[]
  readonly separator: string
  readonly regex: string
  readonly modulus: number
  readonly target_label: string
  readonly replacement: string
}
