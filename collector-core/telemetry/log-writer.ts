import { redactUrls } from '../language/redact-url.ts'
import type { LogFields, Logger, LogLevel } from '../runtime/logger.ts'

const ranks: Record<LogLevel, number> = { debug: 0, info: 1, warn: 2, error: 3 }

/** A log line before it is text; `fields` has what the message does not say, the component's id under `component_id`. */
export interface LogRecord {
  /** Milliseconds since the epoch. */
  readonly at: number
  readonly level: LogLevel
  readonly message: string
  readonly fields: LogFields
}

export interface LogWriterOptions {
  readonly level: LogLevel
  readonly format: 'logfmt' | 'json'
  /** Gets every written line too. */
  readonly mirror?: (line: string) => void
}

/**
 * Writes log lines as logfmt or JSON, one per call. Control characters (ANSI escapes included) never reach the output
 * raw, secrets print as `(secret)` because their own string form says so, and URLs lose their passwords.
 */
export class LogWriter {
  private options: LogWriterOptions
  private readonly write: (line: string, record: LogRecord) => void
  private readonly now: () => number

  constructor(write: (line: string, record: LogRecord) => void, now: () => number, options: LogWriterOptions) {
    this.write = write
    this.now = now
    this.options = options
  }

  configure(options: LogWriterOptions): void {
    this.options = options
  }

  /** A logger whose every line carries `constant`. */
  logger(constant: LogFields = {}): Logger {
    const at =
      (level: LogLevel) =>
      (message: string, fields?: LogFields): void => {
        if (ranks[level] < ranks[this.options.level]) return
        const at = this.now()
        const told = shown({ msg: message, ...fields })
        const line = { ts: new Date(at).toISOString(), level, ...constant, ...told }
        const text = this.options.format === 'json' ? jsonLine(line) : logfmtLine(line)
        const { msg, ...rest } = told
        this.write(text, { at, level, message: textOf(msg), fields: { ...constant, ...rest } })
        this.options.mirror?.(text)
      }
    return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') }
  }
}

function shown(fields: LogFields): LogFields {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => {
      const isText = typeof value === 'string' || (typeof value === 'object' && value !== null)
      return [name, isText ? redactUrls(textOf(value)) : value]
    }),
  )
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value
  if (value instanceof Error) return value.message
  if (value === null || value === undefined) return ''
  if (typeof value === 'object') return JSON.stringify(value)
  return typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint' ? String(value) : ''
}

function logfmtLine(fields: LogFields): string {
  return `${logFieldsText(fields)}\n`
}

/** Fields as logfmt, `name=value` each; values with spaces or control characters are quoted and escaped. */
export function logFieldsText(fields: LogFields): string {
  const parts: string[] = []
  for (const [name, value] of Object.entries(fields)) {
    if (value === undefined) continue
    const text = textOf(value)
    parts.push(`${name}=${/^[^\s"=\\\p{C}]+$/u.test(text) ? text : quote(text)}`)
  }
  return parts.join(' ')
}

function quote(text: string): string {
  return JSON.stringify(text).replace(/[\u007f-\u009f\u2028\u2029]/g, (char) => {
    return `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`
  })
}

function jsonLine(fields: LogFields): string {
  const line: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(fields)) {
    if (value !== undefined)
      line[name] = typeof value === 'number' || typeof value === 'boolean' ? value : textOf(value)
  }
  return `${JSON.stringify(line)}\n`
}
