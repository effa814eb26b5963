export type LogLevel = 'debug' | 'info' | 'warn' | 'error'

/** Key-value pairs of a log line; values are escaped when written, secrets print as `(secret)`. */
export type LogFields = Readonly<Record<string, unknown>>

/** Writes structured log lines; a message is a sentence fragment without trailing full stop. */
export interface Logger {
  debug(message: string, fields?: LogFields): void
  info(message: string, fields?: LogFields): void
  warn(message: string, fields?: LogFields): void
  error(message: string, fields?: LogFields): void
}
