// Text between quotes as Go's %q writes it.

const named: Readonly<Record<string, string>> = {
  '\x07': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
  '\\': '\\\\',
}

/** The text in double quotes; what cannot be seen is escaped, with `ascii` everything beyond ASCII. */
export function quoteGo(text: string, ascii: boolean): string {
  let quoted = ''
  for (const character of text) quoted += character === '"' ? '\\"' : escape(character, ascii)
  return `"${quoted}"`
}

/** The character in single quotes. */
export function quoteCharacter(character: string, ascii: boolean): string {
  return `'${character === "'" ? "\\'" : escape(character, ascii)}'`
}

function escape(character: string, ascii: boolean): string {
  const name = named[character]
  if (Object.hasOwn(named, character)) return name
  const code = character.codePointAt(0) ?? 0
  if (code >= 0xdc80 && code <= 0xdcff) return `\\x${(code - 0xdc00).toString(16)}`
  if (/^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u.test(character) && (!ascii || code < 0x80)) return character
  if (code < 0x20 || code === 0x7f) return `\\x${code.toString(16).padStart(2, '0')}`
  return code > 0xffff ? `\\U${code.toString(16).padStart(8, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`
}
