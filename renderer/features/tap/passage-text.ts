import type { TapItem } from '../../../host/contract/tap.ts'
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

/** `13:04:59.120`. */
export function clockTime(at: number): string {
  const date = new Date(at)
  const two = (value: number): string => String(value).padStart(2, '0')
  const ms = String(date.getMilliseconds()).padStart(3, '0')
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}.${ms}`
}
