import type { LogBatch, LogStream } from '../../signal/log-batch.ts'
import { BoundedItem, longestItem } from './item-text.ts'
import type { ItemText } from './item-text.ts'

/** The lines of a batch at `indexes`, which ascend; lines count stream by stream. */
export function logItems({ streams }: LogBatch, indexes: readonly number[]): ItemText[] {
  const items: ItemText[] = []
  let before = 0
  let next = 0
  for (const stream of streams) {
    for (; next < indexes.length && indexes[next] < before + stream.lines.length; next++) {
      items.push(lineOf(stream, indexes[next] - before))
    }
    before += stream.lines.length
  }
  return items
}

function lineOf({ labels, lines }: LogStream, index: number): ItemText {
  const item = new BoundedItem()
  for (const [name, value] of labels) item.label(name, value)
  for (const [name, value] of lines.metadata?.[index] ?? []) item.attribute(name, value)
  const start = lines.starts[index]
  const end = Math.min(lines.ends[index], start + longestItem)
  const isCut = end < lines.ends[index]
  // A character that the cut divides is left out, not shown broken.
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(lines.bytes.subarray(start, end), {
    stream: isCut,
  })
  return item.finish('line', lines.seconds[index] * 1000 + Math.floor(lines.nanos[index] / 1e6), text, isCut)
}
