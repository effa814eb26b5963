/** The newest version of the engine's API whose answers Weir knows how to read. */
export const newestApiVersion = '1.47'

/**
 * The version to speak with an engine that offers `minimum` to `maximum`: the newest both know; the engine's minimum where
 * it has left ours behind. Without usable text, ours.
 */
export function chooseApiVersion(maximum: string | undefined, minimum: string | undefined): string {
  let version = newestApiVersion
  if (maximum !== undefined && isVersion(maximum) && compare(maximum, version) < 0) version = maximum
  if (minimum !== undefined && isVersion(minimum) && compare(minimum, version) > 0) version = minimum
  return version
}

const isVersion = (text: string): boolean => /^\d{1,3}\.\d{1,3}$/.test(text)

function compare(a: string, b: string): number {
  const [majorA, minorA] = a.split('.').map(Number)
  const [majorB, minorB] = b.split('.').map(Number)
  return majorA - majorB || minorA - minorB
}
