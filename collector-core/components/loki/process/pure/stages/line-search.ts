import { checkedRegex } from '../../../../../signal/regex.ts'
import { regexLiterals } from '../../../../../signal/logql/regex-literals.ts'
import type { Entry } from './entry.ts'
import type { LineText } from './line-text.ts'

/** A condition on the line of an entry. */
export type LineTest = (entry: Entry) => boolean

/**
 * Whether the line contains `text`. Lines of one buffer that come in order share one scan of that buffer: a native
 * search per hit, none per line.
 */
export function containsText(text: string, codec: LineText): LineTest {
  if (text === '') return () => true
  const needle = codec.encode(text)
  let bytes: Uint8Array | undefined
  let scannedFrom = 0
  let hit = -1
  return (entry) => {
    if (entry.rewritten) return entry.line.includes(text)
    const { start, end } = entry
    if (entry.bytes !== bytes || start < scannedFrom) {
      bytes = entry.bytes
      hit = -1
    }
    if (hit < start) {
      const found = codec.indexOf(entry.bytes, needle, start)
      hit = found < 0 ? Infinity : found
    }
    scannedFrom = start
    return hit + needle.length <= end
  }
}

/** Whether an unanchored search for RE2 `pattern` (checked before) finds something; without running it where texts decide. */
export function matchesPattern(pattern: string, codec: LineText): LineTest {
  const regex = checkedRegex(pattern, { anchored: false })
  const { exact, required } = regexLiterals(pattern)
  if (exact !== undefined) return containsAny(exact, codec)
  if (required === undefined) return (entry) => regex.test(entry.line)
  const candidate = containsAny(required, codec)
  return (entry) => candidate(entry) && regex.test(entry.line)
}

/** A quick test that is true for every line RE2 `pattern` can match, and for some others. */
export function requiredText(pattern: string, codec: LineText): LineTest {
  const { required } = regexLiterals(pattern)
  return required === undefined ? () => true : containsAny(required, codec)
}

function containsAny(texts: readonly string[], codec: LineText): LineTest {
  const tests = texts.map((text) => containsText(text, codec))
  if (tests.length === 1) return tests[0]
  return (entry) => {
    for (const test of tests) if (test(entry)) return true
    return false
  }
}
