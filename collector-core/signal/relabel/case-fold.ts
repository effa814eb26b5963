const ascii = /^[\0-\x7f]*$/

/** Upper case as Go's `strings.ToUpper` folds it: one character stays one character (`ß` stays `ß`). */
export function toUpperAsGo(text: string): string {
  return ascii.test(text) ? text.toUpperCase() : mapCharacters(text, upperOf)
}

/** Lower case as Go's `strings.ToLower` folds it: one character stays one character, without regard to its neighbours. */
export function toLowerAsGo(text: string): string {
  return ascii.test(text) ? text.toLowerCase() : mapCharacters(text, lowerOf)
}

function mapCharacters(text: string, map: (char: string) => string): string {
  let out = ''
  for (const char of text) out += map(char)
  return out
}

function lowerOf(char: string): string {
  // The dotted capital I is the only character whose full lower case is longer than its simple one.
  return char === 'İ' ? 'i' : char.toLowerCase()
}

function upperOf(char: string): string {
  const upper = char.toUpperCase()
  if (upper.length === char.length) return upper
  // Full upper case splits the iota off these Greek letters; simple upper case picks the letter with iota adscript.
  const code = char.codePointAt(0)!
  if (code >= 0x1f80 && code <= 0x1faf) return String.fromCodePoint(code | 8)
  if (code === 0x1fb3 || code === 0x1fc3 || code === 0x1ff3) return String.fromCodePoint(code + 9)
  return char
}
