import type { Field } from '../../../collector-core/schema/field.ts'
import { DocText } from '../../ui/doc-text.tsx'
import { useTranslation } from '../../ui/use-translation.ts'

/** What an argument means, and why Weir does less with it than Alloy, if it does. */
export function FieldDoc({ of: { doc, support } }: { readonly of: Pick<Field, 'doc' | 'support'> }) {
  const translate = useTranslation()
  return <DocText text={support === undefined ? doc : `${translate(doc)} ${translate(support.reason)}.`} />
}
