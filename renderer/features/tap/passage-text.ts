import type { TapItem } from '../../../host/contract/tap.ts'
import { clockTime } from '../../ui/clock-time.ts'
import { labelText } from './match-items.ts'
import type { Passage } from './match-items.ts'

/** An item on one line. */
export function itemText({ labels, attributes, text }: TapItem): string {
  const { __name__: name = '', ...rest } = labels
  const more = Object.keys(attributes).length === 0 ? '' : ` ${labelText(attributes)}`
  return `${name}${labelText(rest)} ${text}${more}`
}

/** A passage as lines to be copied. */
export function passageText({ before, after, mark }: Passage): string {
  const lines = [before, after].flatMap((item) =>
    item === undefined ? [] : [`${clockTime(item.at)} ${itemText(item)}`],
  )
  return after === undefined && mark === 'unmodified' ? lines.join('\n') : `${mark}: ${lines.join('\n  → ')}`
}

/** Whether every word of the filter is somewhere in it. */
export function passageMatches({ before, after, mark }: Passage, filter: string): boolean {
  const text = [before, after].map((item) => (item === undefined ? '' : itemText(item))).join(' ')
  const hay = `${mark} ${text}`.toLowerCase()
  return filter
    .toLowerCase()
    .split(/\s+/)
    .every((word) => hay.includes(word))
}
