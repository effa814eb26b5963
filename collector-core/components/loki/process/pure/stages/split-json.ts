import { string } from '../../../../../schema/field.ts'
import { jsonElements } from './json-elements.ts'
import { defineStage, problem } from './stage.ts'

/** Makes an entry of every element of a JSON array. */
export const splitJsonStage = defineStage({
  fields: { source: string('Extracted value that holds the array, instead of the line.') },
  check: ({ source }) =>
    source === '' ? [problem('source', 'source must not be empty; leave it out to split the line')] : [],
  build({ source }, context, next) {
    return (entry) => {
      const input = source === undefined ? entry.line : entry.extracted.text(source)
      const elements = input === undefined ? undefined : jsonElements(input)
      if (elements === undefined) {
        next(entry)
        return
      }
      if (elements.length === 0) {
        context.drop(1, 'empty_json_array')
        return
      }
      for (let i = 0; i < elements.length; i++) {
        const element = i < elements.length - 1 ? entry.detach() : entry
        element.line = elements[i]
        next(element)
      }
    }
  },
})
