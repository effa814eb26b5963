// Escaping as in the query of a URL: a space is `+`, other bytes than letters, digits and `-_.~` are `%XX`.

import { bytesOf, textOf } from '../byte-text.ts'

/** The text escaped for a query. */
export function escapeQuery(text: string): string {
  let escaped = ''
  for (const byte of bytesOf(text)) {
    const character = String.fromCharCode(byte)
    if (/[A-Za-z0-9\-_.~]/.test(character)) escaped += character
    else escaped += byte === 32 ? '+' : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`
  }
  return escaped
}

/** The text of an escaped one, or the escape that is broken. */
export function unescapeQuery(text: string): { readonly text: string } | { readonly broken: string } {
  const broken = /%(?![\da-fA-F]{2}).{0,2}/s.exec(text)
  if (broken) return { broken: broken[0] }
  const bytes: number[] = []
  const encoded = bytesOf(text)
  for (let at = 0; at < encoded.length; at++) {
    if (encoded[at] === 37) {
      bytes.push(Number.parseInt(String.fromCharCode(encoded[at + 1], encoded[at + 2]), 16))
      at += 2
    } else bytes.push(encoded[at] === 43 ? 32 : encoded[at])
  }
  return { text: textOf(Uint8Array.from(bytes)) }
}
