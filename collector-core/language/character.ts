// The character classes of the language, for code units and code points.

const letter = /^\p{L}$/u
const decimalDigit = /^\p{Nd}$/u

/** ASCII `0`–`9`. */
export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57
}

/** ASCII hexadecimal digit. */
export function isHexDigit(code: number): boolean {
  return isDigit(code) || (code >= 65 && code <= 70) || (code >= 97 && code <= 102)
}

/** `_` or a Unicode letter (category L). */
export function isNameStart(code: number): boolean {
  if (code < 128) return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95
  return letter.test(String.fromCodePoint(code))
}

/** What may follow in a name: also Unicode decimal digits (category Nd). */
export function isNamePart(code: number): boolean {
  if (code < 128) return isNameStart(code) || isDigit(code)
  return isNameStart(code) || decimalDigit.test(String.fromCodePoint(code))
}

/** `true`, `false` and `null` are literals wherever they stand and can name nothing. */
export function isReserved(word: string): boolean {
  return word === 'true' || word === 'false' || word === 'null'
}

/** True when the text is one name of the language: not empty, not reserved, letters, digits and `_` only. */
export function isValidIdentifier(text: string): boolean {
  if (text === '' || isReserved(text)) return false
  let first = true
  for (const character of text) {
    const code = character.codePointAt(0)!
    if (first ? !isNameStart(code) : !isNamePart(code)) return false
    first = false
  }
  return true
}
