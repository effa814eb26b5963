import { useTranslation } from './use-translation.ts'

/** A sentence of documentation, in the window's language; what stands between backticks is set as code. */
export function DocText({ text }: { readonly text: string }) {
  const translate = useTranslation()
  return translate(text)
    .split('`')
    .map((part, index) => (index % 2 === 1 ? <code key={index}>{part}</code> : part))
}
