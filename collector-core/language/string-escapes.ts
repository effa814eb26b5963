// The escapes that Alloy, Go and LogQL strings have in common.

/** What a letter behind a backslash stands for; quotes, which differ, left out. */
export const letterEscapes: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
}

const letters = new Map(Object.entries(letterEscapes).map(([letter, character]) => [character, letter]))

/** The escape of a character that has one by letter, as `\n`. */
export function letterEscape(character: string): string | undefined {
  const letter = letters.get(character)
  return letter === undefined ? undefined : `\\${letter}`
}

/** The escape of a code point by number, as `\u00a0` or `\U0001f4a9`. */
export function codeEscape(code: number): string {
  return code > 0xffff ? `\\U${code.toString(16).padStart(8, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`
}

/** The escape of a stray byte as text holds it (see `byte-text.ts`), as `\xff`; undefined for other code points. */
export function strayByteEscape(code: number): string | undefined {
  return code >= 0xdc80 && code <= 0xdcff ? `\\x${(code - 0xdc00).toString(16)}` : undefined
}
