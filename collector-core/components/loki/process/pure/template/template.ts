import { executeTemplate } from './execute.ts'
import type { TemplateRuntime } from './functions.ts'
import { parseTemplate } from './parse-template.ts'
import { TemplateError } from './template-value.ts'
import type { TemplateMap } from './template-value.ts'

/** A template that parsed. */
export interface Template {
  /** The text it produces; undefined when a value did not fit or a bound was reached. */
  execute(data: TemplateMap, runtime: TemplateRuntime): string | undefined
}

export type TemplateResult =
  | { readonly template: Template; readonly error?: undefined }
  | { readonly template?: undefined; readonly error: string }

/**
 * Compiles a subset of Go's text/template with the functions of `functions.ts`. What the subset does not run is an error
 * here, never different output later.
 */
export function compileTemplate(text: string): TemplateResult {
  try {
    const nodes = parseTemplate(text)
    return { template: { execute: (data, runtime) => attempt(() => executeTemplate(nodes, data, runtime)) } }
  } catch (error) {
    if (error instanceof TemplateError) return { error: error.message }
    throw error
  }
}

function attempt(run: () => string): string | undefined {
  try {
    return run()
  } catch (error) {
    if (error instanceof TemplateError) return undefined
    throw error
  }
}
