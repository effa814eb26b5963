// Base64 by RFC 4648 with padding, in the standard (section 4) and the URL-safe (section 5) alphabet.

/** Which characters stand for 62 and 63: `+/` or `-_`. */
export type Base64Alphabet = 'standard' | 'url'

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
const alphabets: Readonly<Record<Base64Alphabet, string>> = { standard: `${letters}+/`, url: `${letters}-_` }

/** The bytes as padded base64. */
export function encodeBase64(bytes: Uint8Array, alphabet: Base64Alphabet): string {
  const digits = alphabets[alphabet]
  let text = ''
  for (let at = 0; at < bytes.length; at += 3) {
    const present = Math.min(3, bytes.length - at)
    const group = (bytes[at] << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0)
    for (let digit = 0; digit < 4; digit++) text += digit <= present ? digits[(group >> (18 - 6 * digit)) & 63] : '='
  }
  return text
}

/** The bytes of padded base64 with line breaks ignored, or a sentence about what is wrong. */
export function decodeBase64(text: string, alphabet: Base64Alphabet): Uint8Array | string {
  const body = text.replaceAll(/[\r\n]/g, '')
  if (body.length % 4 !== 0)
    return 'is not base64: its length is not a multiple of four, so characters or padding are missing'
  const padding = body.endsWith('==') ? 2 : body.endsWith('=') ? 1 : 0
  const digits = body.slice(0, body.length - padding)
  const bytes = new Uint8Array((body.length / 4) * 3 - padding)
  let group = 0
  let written = 0
  for (const [index, digit] of Array.from(digits).entries()) {
    const value = alphabets[alphabet].indexOf(digit)
    if (value < 0) return wrongCharacter(digit, alphabet)
    group = ((group << 6) | value) & 0xffffff
    if (index % 4 !== 0) bytes[written++] = (group >> (6 - 2 * (index % 4))) & 0xff
  }
  return bytes
}

function wrongCharacter(digit: string, alphabet: Base64Alphabet): string {
  const other = alphabet === 'standard' ? 'url' : 'standard'
  const hint = alphabets[other].includes(digit)
    ? `; use ${other === 'url' ? 'encoding.from_URLbase64' : 'encoding.from_base64'} for that alphabet`
    : ''
  return `is not base64: it contains ${JSON.stringify(digit)}${hint}`
}
