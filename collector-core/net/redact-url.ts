/** `text` as it may be shown: a password in the user part reads `xxxxx`. Text that is no URL loses its user part whole. */
export function redactUrl(text: string): string {
  let url: URL
  try {
    url = new URL(text)
  } catch {
    return text.replace(/\/\/[^/]*@/, '//xxxxx@')
  }
  if (url.password === '') return text
  url.password = 'xxxxx'
  return url.href
}
