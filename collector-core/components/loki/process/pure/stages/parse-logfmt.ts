/**
 * Calls `visit` for every pair of logfmt text, in order, and says whether all of it was logfmt; pairs before a mistake
 * have been visited by then.
 *
 * record = { space } { pair space } .  pair = key [ "=" [ value ] ] .
 * key = { byte above space, not "=" or a quote } .  value = JSON string | { byte above space, not "=" or a quote } .
 */
export function parseLogfmt(text: string, visit: (key: string, value: string) => void): boolean {
  let at = 0
  for (;;) {
    while (at < text.length && text.charCodeAt(at) <= 32) at++
    if (at >= text.length) return true
    const keyEnd = wordEnd(text, at)
    if (keyEnd === at) return false
    const key = text.slice(at, keyEnd)
    at = keyEnd
    if (text[at] === '"') return false
    if (text[at] !== '=') {
      visit(key, '')
      continue
    }
    at++
    if (text[at] === '"') {
      const end = quoteEnd(text, at)
      const value = end < 0 ? undefined : unquoted(text.slice(at, end))
      if (value === undefined || (end < text.length && text.charCodeAt(end) > 32)) return false
      visit(key, value)
      at = end
      continue
    }
    const valueEnd = wordEnd(text, at)
    if (text[valueEnd] === '=' || text[valueEnd] === '"') return false
    visit(key, text.slice(at, valueEnd))
    at = valueEnd
  }
}

function wordEnd(text: string, from: number): number {
  let at = from
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code <= 32 || code === 61 || code === 34) break
  }
  return at
}

/** The index behind the closing quote; -1 when the line ends before it. */
function quoteEnd(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const char = text[at]
    if (char === '"') return at + 1
    if (char === '\n') return -1
    if (char === '\\') at++
  }
  return -1
}

function unquoted(quoted: string): string | undefined {
  if (!quoted.includes('\\')) return quoted.slice(1, -1)
  try {
    return JSON.parse(quoted.replace(/[\u0000-\u001f]/g, (char) => JSON.stringify(char).slice(1, -1))) as string
  } catch {
    return undefined
  }
}
