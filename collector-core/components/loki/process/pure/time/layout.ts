// Go's reference layouts (`2006-01-02T15:04:05.000Z07:00`), split into elements.

export type ZoneStyle = 'hhmm' | 'hh:mm' | 'hh' | 'hhmmss' | 'hh:mm:ss'

/** One element of a layout; `padded` ones have a fixed width. */
export type LayoutElement =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'year2' | 'year4' | 'monthName' | 'monthShort' | 'weekdayName' | 'weekdayShort' }
  | { readonly kind: 'month' | 'hour12' | 'minute' | 'second'; readonly padded: boolean }
  | { readonly kind: 'day' | 'yearDay'; readonly padded: boolean; readonly spaces: boolean }
  | { readonly kind: 'hour24' }
  | { readonly kind: 'half'; readonly upper: boolean }
  | { readonly kind: 'zoneName' }
  | { readonly kind: 'zoneOffset'; readonly style: ZoneStyle; readonly zulu: boolean }
  | { readonly kind: 'fraction'; readonly digits: number | undefined }

const zoneStyles: readonly (readonly [string, ZoneStyle])[] = [
  ['070000', 'hhmmss'],
  ['07:00:00', 'hh:mm:ss'],
  ['0700', 'hhmm'],
  ['07:00', 'hh:mm'],
  ['07', 'hh'],
]

/** Longest first where one starts another. */
const fixed: readonly (readonly [string, LayoutElement])[] = [
  ['January', { kind: 'monthName' }],
  ['Monday', { kind: 'weekdayName' }],
  ['MST', { kind: 'zoneName' }],
  ['002', { kind: 'yearDay', padded: true, spaces: false }],
  ['01', { kind: 'month', padded: true }],
  ['02', { kind: 'day', padded: true, spaces: false }],
  ['03', { kind: 'hour12', padded: true }],
  ['04', { kind: 'minute', padded: true }],
  ['05', { kind: 'second', padded: true }],
  ['06', { kind: 'year2' }],
  ['15', { kind: 'hour24' }],
  ['1', { kind: 'month', padded: false }],
  ['2006', { kind: 'year4' }],
  ['2', { kind: 'day', padded: false, spaces: false }],
  ['__2', { kind: 'yearDay', padded: false, spaces: true }],
  ['3', { kind: 'hour12', padded: false }],
  ['4', { kind: 'minute', padded: false }],
  ['5', { kind: 'second', padded: false }],
  ['PM', { kind: 'half', upper: true }],
  ['pm', { kind: 'half', upper: false }],
]

/** Splits a layout into its elements; what is no element stands for itself. */
export function parseLayout(layout: string): readonly LayoutElement[] {
  const elements: LayoutElement[] = []
  let text = ''
  for (let at = 0; at < layout.length;) {
    const found = elementAt(layout, at)
    if (found === undefined) {
      text += layout[at++]
      continue
    }
    if (text !== '') elements.push({ kind: 'text', text })
    text = ''
    elements.push(found.element)
    at += found.length
  }
  if (text !== '') elements.push({ kind: 'text', text })
  return elements
}

function elementAt(layout: string, at: number): { element: LayoutElement; length: number } | undefined {
  for (const [word, element] of fixed) {
    if (layout.startsWith(word, at)) return { element, length: word.length }
  }
  for (const [word, kind] of [
    ['Jan', 'monthShort'],
    ['Mon', 'weekdayShort'],
  ] as const) {
    if (layout.startsWith(word, at) && !/[a-z]/.test(layout.charAt(at + 3))) return { element: { kind }, length: 3 }
  }
  const char = layout[at]
  // In `_2006` the underscore is text and the year follows.
  if (layout.startsWith('_2', at) && !layout.startsWith('_2006', at)) {
    return { element: { kind: 'day', padded: false, spaces: true }, length: 2 }
  }
  if (char === '-' || char === 'Z') {
    const style = zoneStyles.find(([digits]) => layout.startsWith(digits, at + 1))
    return (
      style && { element: { kind: 'zoneOffset', style: style[1], zulu: char === 'Z' }, length: 1 + style[0].length }
    )
  }
  const fraction = /^[.,](0+|9+)(?!\d)/.exec(layout.slice(at))
  if (fraction === null) return undefined
  const digits = fraction[1].startsWith('0') ? fraction[1].length : undefined
  return { element: { kind: 'fraction', digits }, length: fraction[0].length }
}
