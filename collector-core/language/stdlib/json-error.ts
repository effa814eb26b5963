// JSON.parse complains differently in every engine; this finds the place by itself, so that everyone reads the same.

const token =
  /[ \t\n\r]*("(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?|true|false|null|[[\]{}:,])/y

/** What is wrong with a text that is not JSON, as the end of a sentence. */
export function jsonError(text: string): string {
  // What may come next: a value, a key, or one of the characters that follow them; `first` allows closing right away.
  let wanted: 'value' | 'first-value' | 'key' | 'first-key' | ':' | 'next' = 'value'
  const open: ('[' | '{')[] = []
  token.lastIndex = 0
  for (;;) {
    const start = token.lastIndex
    const found = token.exec(text)?.[1]
    if (found === undefined) return describe(text, start, open.length > 0 || wanted === 'value')
    const inside = open.at(-1)
    const closes = found === (inside === '{' ? '}' : ']') && inside !== undefined
    if (closes && ['next', 'first-value', 'first-key'].includes(wanted)) {
      open.pop()
      wanted = 'next'
    } else if (wanted === 'next' && inside !== undefined && found === ',') wanted = inside === '{' ? 'key' : 'value'
    else if ((wanted === 'key' || wanted === 'first-key') && found.startsWith('"')) wanted = ':'
    else if (wanted === ':' && found === ':') wanted = 'value'
    else if ((wanted === 'value' || wanted === 'first-value') && !/[\]}:,]/.test(found[0])) {
      if (found === '[' || found === '{') open.push(found)
      wanted = found === '[' ? 'first-value' : found === '{' ? 'first-key' : 'next'
    } else return describe(text, token.lastIndex - found.length, true)
  }
}

function describe(text: string, from: number, incomplete: boolean): string {
  const at = from + (/^[ \t\n\r]*/.exec(text.slice(from))?.[0].length ?? 0)
  if (at >= text.length) return incomplete ? 'it ends too early' : 'it cannot be read'
  const character = String.fromCodePoint(text.codePointAt(at) ?? 0)
  return `unexpected ${JSON.stringify(character)} at character ${at + 1}`
}
