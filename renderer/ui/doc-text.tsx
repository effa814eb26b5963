/** A sentence of documentation; what stands between backticks is set as code. */
export function DocText({ text }: { readonly text: string }) {
  return text.split('`').map((part, index) => (index % 2 === 1 ? <code key={index}>{part}</code> : part))
}
