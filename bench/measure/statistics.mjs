export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms))

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

/** Each numeric field's median over several measurements. */
export function medians(measurements) {
  return Object.fromEntries(
    Object.keys(measurements[0])
      .filter((key) => typeof measurements[0][key] === 'number')
      .map((key) => [key, median(measurements.map((measurement) => measurement[key]))]),
  )
}

/** Waits until `read` answers the same for a while; gives up after `timeoutMs`. */
export async function settled(read, { quietMs = 1500, timeoutMs = 60_000 } = {}) {
  const end = Date.now() + timeoutMs
  let last = JSON.stringify(await read())
  let since = Date.now()
  while (Date.now() < end && Date.now() - since < quietMs) {
    await sleep(100)
    const now = JSON.stringify(await read())
    if (now !== last) since = Date.now()
    last = now
  }
  return JSON.parse(last)
}
