// Sizes such as `1MiB`. As in Alloy, `KB` and `KiB` are both 1024 bytes; one text uses one of the two families.

/** What parsing text gave: bytes, or a sentence about what is wrong with the text. */
export type ByteSizeResult =
  { readonly bytes: number; readonly problem?: undefined } | { readonly problem: string; readonly bytes?: undefined }

const prefixes = ['', 'K', 'M', 'G', 'T', 'P', 'E']

/** size = [ "+" | "-" ] ( "0" | { number unit } ) ; unit = "B" | K…E "B" | K…E "iB" ; fractions of a byte are cut off. */
export function parseByteSize(text: string): ByteSizeResult {
  const negative = text.startsWith('-')
  const body = negative || text.startsWith('+') ? text.slice(1) : text
  if (body === '0') return { bytes: 0 }
  const part = /(\d+\.?\d*|\.\d+)([A-Za-z]+)/y
  const families = new Set<string>()
  let total = 0
  while (part.lastIndex < body.length) {
    const match = part.exec(body)
    if (!match) return { problem: notASize(text) }
    const [, count, unit] = match
    const named = /^([KMGTPE]?)(i?)B$/.exec(unit)
    if (!named || (named[1] === '' && named[2] !== ''))
      return { problem: `unknown unit "${unit}" in size "${text}": use B, KiB, MiB, GiB or TiB` }
    if (named[1] !== '') families.add(named[2])
    total += Math.trunc(Number(count) * 1024 ** prefixes.indexOf(named[1]))
  }
  if (body === '') return { problem: notASize(text) }
  if (families.size > 1) return { problem: `size "${text}" mixes units such as KB and KiB: use one family` }
  if (total > Number.MAX_SAFE_INTEGER) return { problem: `size "${text}" is too large: the limit is 8PiB` }
  return { bytes: negative ? -total : total }
}

function notASize(text: string): string {
  return /^\d+$/.test(text)
    ? `missing unit in size "${text}": write for example "${text}B" or "1MiB"`
    : `"${text}" is not a size: write for example "512KiB" or "1.5MiB"`
}

/** The size in the largest unit that gives a short exact number (`1MiB`, `1.5MiB`), in bytes otherwise. */
export function formatByteSize(bytes: number): string {
  for (let power = prefixes.length - 1; power > 0; power--) {
    const inUnit = bytes / 1024 ** power
    if (Math.abs(inUnit) >= 1 && Number.isInteger(inUnit * 4)) return `${inUnit}${prefixes[power]}iB`
  }
  return `${bytes}B`
}
