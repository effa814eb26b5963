import type { TapItem } from '../../protocol.ts'

/** What a rendered item says, before it is known where it crossed. */
export type ItemText = Pick<TapItem, 'kind' | 'timestamp' | 'labels' | 'attributes' | 'text' | 'truncated'>

/** UTF-16 units one item may have in its labels, attributes and text. */
export const longestItem = 4096
const longestPairs = longestItem / 2

/** Collects the parts of one item within its bound: labels first, then attributes, and text with what is left. */
export class BoundedItem {
  private left = longestItem
  private truncated = false
  private labels: Record<string, string> = {}
  private attributes: Record<string, string> = {}

  /** Labels and attributes may take half of the item between them. */
  label(name: string, value: string): void {
    this.pair(this.labels, name, value)
  }

  attribute(name: string, value: string): void {
    this.pair(this.attributes, name, value)
  }

  finish(kind: TapItem['kind'], timestamp: number | undefined, text: string, isCut = false): ItemText {
    const { labels, attributes } = this
    const shown = cut(text, this.left)
    const truncated = this.truncated || isCut || shown.length < text.length
    return {
      kind,
      timestamp: Number.isFinite(timestamp) ? timestamp : undefined,
      labels,
      attributes,
      text: shown,
      truncated,
    }
  }

  private pair(pairs: Record<string, string>, name: string, value: string): void {
    const room = this.left - (longestItem - longestPairs) - name.length
    if (room <= 0) {
      this.truncated = true
      return
    }
    const shown = cut(value, room)
    if (shown.length < value.length) this.truncated = true
    this.left -= name.length + shown.length
    Object.defineProperty(pairs, name, { value: shown, enumerable: true, configurable: true, writable: true })
  }
}

/** At most `length` units of a text, without half a character at the end. */
function cut(text: string, length: number): string {
  if (text.length <= length) return text
  const last = text.charCodeAt(length - 1)
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? length - 1 : length)
}
