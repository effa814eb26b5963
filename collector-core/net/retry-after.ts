/** The longest wait a server may ask for. */
export const longestRetryAfterMs = 5 * 60_000

/**
 * The wait a `Retry-After` value asks for in milliseconds, at most five minutes: whole seconds, or an HTTP date counted
 * from `now` (milliseconds since the epoch). Anything else, and waits that are not positive, give undefined.
 */
export function retryAfterMs(value: string | undefined, now: number): number | undefined {
  if (value === undefined) return undefined
  const text = value.trim()
  let wait: number
  if (/^\d+$/.test(text)) wait = Number(text) * 1000
  else if (/^[A-Za-z]{3,9},? .*\d{2}:\d{2}:\d{2}/.test(text)) wait = Date.parse(text) - now
  else return undefined
  return wait > 0 ? Math.min(wait, longestRetryAfterMs) : undefined
}
