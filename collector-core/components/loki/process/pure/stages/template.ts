import { string } from '../../../../../schema/field.ts'
import { compileTemplate } from '../template/template.ts'
import type { TemplateMap } from '../template/template-value.ts'
import type { Entry } from './entry.ts'
import { defineStage, problem } from './stage.ts'

/** Computes an extracted value with a Go template. */
export const templateStage = defineStage({
  fields: {
    source: string('Extracted value to change or create; `.Value` in the template.', { required: true }),
    template: string('Go template over the extracted values; `.Entry` is the line.', { required: true }),
  },
  check({ source, template }) {
    const { error } = compileTemplate(template)
    return [
      ...(source === '' ? [problem('source', 'source must not be empty')] : []),
      ...(error === undefined ? [] : [problem('template', `the template cannot be used: ${error}`)]),
    ]
  },
  build({ source, template: text }, context, next) {
    const { template, error } = compileTemplate(text)
    if (template === undefined) throw new Error(error)
    return (entry) => {
      const result = template.execute(templateData(entry, source), context.templates)
      if (result === '') entry.extracted.delete(source)
      else if (result !== undefined) entry.extracted.set(source, result)
      next(entry)
    }
  },
})

function templateData(entry: Entry, source: string): TemplateMap {
  const { extracted } = entry
  return {
    get(name) {
      if (name === 'Entry') return entry.line
      return (name === 'Value' ? extracted.text(source) : undefined) ?? extracted.text(name)
    },
    *keys() {
      yield 'Entry'
      if (extracted.text(source) !== undefined && !extracted.has('Value')) yield 'Value'
      for (const [name] of extracted.entries()) if (name !== 'Entry' && extracted.text(name) !== undefined) yield name
    },
  }
}
