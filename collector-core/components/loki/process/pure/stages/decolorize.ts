import { containsText } from './line-search.ts'
import { defineStage } from './stage.ts'

/**
 * Escape sequences: an introducer (ESC or its 8-bit form U+009B), then either a string up to BEL or parameters and a
 * final character.
 */
const introducer = '[\\u001b\\u009b][[\\]()#;?]*'
const stringForm = '(?:[a-zA-Z\\d]*(?:;[a-zA-Z\\d]*)*)?\\u0007'
const controlForm = '(?:\\d{1,4}(?:;\\d{0,4})*)?[\\dA-PRZcf-ntqry=><~]'
const escapeSequence = new RegExp(`${introducer}(?:${stringForm}|${controlForm})`, 'g')

/** Removes terminal colours and other escape sequences from the line. */
export const decolorizeStage = defineStage({
  fields: {},
  build(_, context, next) {
    const hasEscape = containsText('\u001b', context.text)
    const hasShortEscape = containsText('\u009b', context.text)
    return (entry) => {
      if (hasEscape(entry) || hasShortEscape(entry)) entry.line = entry.line.replace(escapeSequence, '')
      next(entry)
    }
  },
})
