/**
 * A YAML date or time (`2020-01-01`, `2020-1-1 10:20:30.5`, RFC 3339) as RFC 3339 text with the offset it was written
 * with, or `undefined` when the text is something else.
 */
export function timestampText(text: string): string | undefined {
  const match =
    /^(\d{4})-(\d\d?)-(\d\d?)(?:(?:[Tt]| )(\d\d?):(\d\d?):(\d\d?)(?:[.,](\d{1,9})\d*)?(Z|[-+]\d\d:\d\d)?)?$/.exec(text)
  if (!match) return undefined
  const [, year, month, day, hour, minute = '0', second = '0', fraction = '', zone] = match as readonly (
    string | undefined
  )[]
  // With a `T` the offset has to be written; with a space there is none.
  if (hour !== undefined && /[Tt]/.test(text) !== (zone !== undefined)) return undefined
  const fields = [month, day, hour ?? '0', minute, second].map(Number)
  const date = new Date(Date.UTC(Number(year), fields[0] - 1, fields[1], fields[2], fields[3], fields[4]))
  if (Number(year) < 100) date.setUTCFullYear(Number(year))
  const kept = [
    date.getUTCMonth() + 1,
    date.getUTCDate(),
    date.getUTCHours(),
    date.getUTCMinutes(),
    date.getUTCSeconds(),
  ]
  if (kept.some((value, index) => value !== fields[index])) return undefined
  const [mm, dd, h, m, s] = fields.map((field) => String(field).padStart(2, '0'))
  const digits = fraction.replace(/0+$/, '')
  const offset = zone === undefined || zone === '+00:00' || zone === '-00:00' ? 'Z' : zone
  return `${year}-${mm}-${dd}T${h}:${m}:${s}${digits === '' ? '' : `.${digits}`}${offset}`
}
