import { logFieldsText } from '../../collector-core/telemetry/log-writer.ts'
import type { LogRecord } from '../../collector-core/telemetry/log-writer.ts'
import type { LogLine } from '../contract/collector-report.ts'

const longestMessage = 4_096
/** Lines kept, and told to a window that comes later. */
export const mostLogLines = 1_000

/** A record of the collector's log as a window shows it. */
export function logLineOf({ at, level, message, fields }: LogRecord): LogLine {
  const { component_id, ...rest } = fields
  const text = [message, logFieldsText(rest)].filter((part) => part !== '').join(' ')
  return {
    at,
    level,
    component: typeof component_id === 'string' ? component_id : undefined,
    message: text.length > longestMessage ? `${text.slice(0, longestMessage)}…` : text,
  }
}

/** The newest lines of two lists. */
export function newestLines(before: readonly LogLine[], next: readonly LogLine[]): readonly LogLine[] {
  return [...before, ...next].slice(-mostLogLines)
}
