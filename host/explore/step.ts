import type { TimeRange } from '../contract/explore.ts'

const seconds = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 21_600, 43_200, 86_400]

/** The shortest round step, in milliseconds, that cuts a range into at most `most` pieces. */
export function stepOf({ from, to }: TimeRange, most: number): number {
  const wanted = Math.max(to - from, 0) / most / 1000
  const round = seconds.find((step) => step >= wanted) ?? Math.ceil(wanted / 86_400) * 86_400
  return round * 1000
}
