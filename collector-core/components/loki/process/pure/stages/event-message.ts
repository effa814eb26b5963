import { isLegacyLabelName } from '../../../../../signal/label-name.ts'
import { bool, string } from '../../../../../schema/field.ts'
import type { Extracted } from './extracted.ts'
import { sanitizedLabelName } from './label-name.ts'
import { problem } from './stage.ts'
import type { ArgumentProblem } from '../../../../../schema/definition.ts'

/** Arguments of the stages that read Windows event messages. */
export const eventMessageFields = {
  source: string('Extracted value that holds the message.', { default: 'message' }),
  drop_invalid_labels: bool('Leave out keys that cannot be label names rather than changing them.', { default: false }),
  overwrite_existing: bool('Overwrite extracted values rather than adding `_extracted` to the key.', {
    default: false,
  }),
}

export interface EventKeyRules {
  readonly drop_invalid_labels: boolean
  readonly overwrite_existing: boolean
}

/** The key to store a value under; undefined when it is to be left out. */
export function eventKey(key: string, extracted: Extracted, rules: EventKeyRules): string | undefined {
  if (!isLegacyLabelName(key) && rules.drop_invalid_labels) return undefined
  const name = isLegacyLabelName(key) ? key : sanitizedLabelName(key)
  return extracted.has(name) && !rules.overwrite_existing ? `${name}_extracted` : name
}

export function checkEventSource({ source }: { readonly source: string }): readonly ArgumentProblem[] {
  return isLegacyLabelName(source)
    ? []
    : [problem('source', `"${source}" cannot be the name of an extracted value: use letters, digits and _`)]
}
