import { string } from '../../../../../schema/field.ts'
import { defineStage } from './stage.ts'

/** Replaces the line by an extracted value. */
export const outputStage = defineStage({
  fields: { source: string('Extracted value that becomes the line.', { required: true }) },
  build:
    ({ source }, _, next) =>
    (entry) => {
      const text = entry.extracted.text(source)
      if (text !== undefined) entry.line = text
      next(entry)
    },
})
