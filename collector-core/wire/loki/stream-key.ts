import type { Labels } from '../../signal/labels.ts'

/**
 * The labels of a stream as Loki's push protocol has them: `{a="x", b="y"}`, names ascending, internal labels (`__…`)
 * left out, values quoted as Go does. `{}` when nothing is left, which Loki refuses.
 */
export function streamKey(labels: Labels): string {
  return labels.filter((name) => !name.startsWith('__')).toString()
}
