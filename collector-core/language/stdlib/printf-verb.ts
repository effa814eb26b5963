/** One printf directive: its verb character and flags. */
export interface Verb {
  readonly character: string
  readonly plus: boolean
  readonly minus: boolean
  readonly sharp: boolean
  /** `%#v`: the value as Go source; `sharp` is then off. */
  readonly goSyntax?: boolean
  readonly space: boolean
  readonly zero: boolean
  readonly width?: number
  readonly precision?: number
}

/** The text filled up to the verb's width, counted in characters; with zeros when the verb says so. */
export function pad(text: string, verb: Verb): string {
  const missing = (verb.width ?? 0) - Array.from(text).length
  if (missing <= 0) return text
  if (verb.minus) return text + ' '.repeat(missing)
  return (verb.zero ? '0' : ' ').repeat(missing) + text
}
