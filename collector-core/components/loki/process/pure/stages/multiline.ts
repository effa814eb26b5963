import { bool, duration, integer, regex } from '../../../../../schema/field.ts'
import { matchesPattern } from './line-search.ts'
import type { Entry } from './entry.ts'
import { defineStage, problem } from './stage.ts'

interface Block {
  /** The line the block started with, which lends it time, labels and the rest. */
  readonly start: Entry
  lines: string[]
  timer: { cancel(): void }
}

/** Joins lines up to the next one that starts a block. */
export const multilineStage = defineStage({
  remembers: true,
  fields: {
    firstline: regex('RE2 expression that the first line of a block matches.', { required: true }),
    max_wait_time: duration('How long a block waits for its next line.', { default: 3000 }),
    max_lines: integer('Most lines of a block; 0 means any number.', { default: 128, min: 0 }),
    trim_newlines: bool('Take line ends off the lines before joining them.', { default: true }),
  },
  check: ({ firstline, max_wait_time: wait }) => [
    ...(firstline === '' ? [problem('firstline', 'firstline must not be empty')] : []),
    ...(wait > 0 ? [] : [problem('max_wait_time', 'max_wait_time has to be above 0')]),
  ],
  build(args, context, next) {
    const isFirst = matchesPattern(args.firstline, context.text)
    const blocks = new Map<string, Block>()

    const emit = (block: Block): void => {
      if (block.lines.length === 0) return
      const entry = block.start.detach()
      entry.line = block.lines.join('\n')
      block.lines = []
      next(entry)
    }
    const end = (key: string, block: Block): void => {
      block.timer.cancel()
      blocks.delete(key)
      emit(block)
    }
    const begin = (key: string, entry: Entry): Block => {
      const block: Block = { start: entry.detach(), lines: [], timer: { cancel: () => undefined } }
      blocks.set(key, block)
      return block
    }
    const wait = (key: string, block: Block): void => {
      block.timer.cancel()
      block.timer = context.after(args.max_wait_time, () => end(key, block))
    }
    context.onStop(() => {
      for (const [key, block] of [...blocks]) end(key, block)
    })

    return (entry) => {
      const { key } = entry.labels
      let block = blocks.get(key)
      if (isFirst(entry)) {
        if (block !== undefined) end(key, block)
        block = begin(key, entry)
      } else if (block === undefined) {
        next(entry)
        return
      }
      block.lines.push(args.trim_newlines ? entry.line.replace(/[\r\n]+$/, '') : entry.line)
      if (block.lines.length === args.max_lines) emit(block)
      wait(key, block)
    }
  },
})
