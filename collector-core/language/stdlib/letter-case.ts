// Upper and lower case one character at a time, as Go does it: `ß` stays `ß`, and no character becomes two.

/** The text in upper case. */
export function toUpperCase(text: string): string {
  return mapCharacters(text, (character) => single(character.toUpperCase()) ?? titleForm(character))
}

/** The text in lower case. */
export function toLowerCase(text: string): string {
  return mapCharacters(text, (character) => (character === 'İ' ? 'i' : (single(character.toLowerCase()) ?? character)))
}

function mapCharacters(text: string, change: (character: string) => string): string {
  let changed = ''
  for (const character of text) changed += change(character)
  return changed
}

function single(text: string): string | undefined {
  return text.length === 1 || (text.length === 2 && (text.codePointAt(0) ?? 0) > 0xffff) ? text : undefined
}

// Greek letters with an iota below have a one-character capital that JavaScript spells out as two.
function titleForm(character: string): string {
  const code = character.codePointAt(0) ?? 0
  if (code >= 0x1f80 && code <= 0x1faf) return String.fromCodePoint(code | 8)
  const capital: Readonly<Record<number, number>> = { 0x1fb3: 0x1fbc, 0x1fc3: 0x1fcc, 0x1ff3: 0x1ffc }
  return code in capital ? String.fromCodePoint(capital[code]) : character
}
