import type { FoundLine, LineLevel } from '../contract/explore.ts'

const traceNames = ['trace_id', 'traceID', 'traceId', 'trace.id', 'traceid']
const levelNames = ['level', 'detected_level', 'severity', 'severity_text', 'lvl']
/** W3C trace ids as loggers write them: `trace_id=…`, `"traceId":"…"`, `trace.id: …`. */
const traceInText = /\btrace[_.-]?id["']?\s*[=:]\s*["']?([0-9a-f]{32})\b/i
const levelInText =
  /\b(?:level|lvl|severity)["']?\s*[=:]\s*["']?([a-z]+)|\b(TRACE|DEBUG|INFO|WARN|WARNING|ERROR|FATAL)\b/i
/** Where loggers put both: a stack trace behind is not searched. */
const searched = 4_096

/** A stored line with what can be told of it: the trace it belongs to, and how bad it is. */
export function foundLine(nanos: string, labels: Readonly<Record<string, string>>, text: string): FoundLine {
  return {
    nanos,
    at: Number(nanos.slice(0, -6) || '0'),
    labels,
    text,
    traceId: traceIdOf(labels, text),
    level: levelOf(labels, text),
  }
}

function traceIdOf(labels: Readonly<Partial<Record<string, string>>>, text: string): string | undefined {
  const named = traceNames.map((name) => labels[name]).find((value) => /^[0-9a-f]{32}$/i.test(value ?? ''))
  return (named ?? traceInText.exec(text.slice(0, searched))?.[1])?.toLowerCase()
}

function levelOf(labels: Readonly<Partial<Record<string, string>>>, text: string): LineLevel | undefined {
  const named = levelNames.map((name) => levelNamed(labels[name] ?? '')).find((level) => level !== undefined)
  if (named !== undefined) return named
  const groups: readonly (string | undefined)[] = levelInText.exec(text.slice(0, searched)) ?? []
  return levelNamed(groups[1] ?? groups[2] ?? '')
}

function levelNamed(word: string): LineLevel | undefined {
  switch (word.toLowerCase()) {
    case 'trace':
    case 'debug':
    case 'dbug':
      return 'debug'
    case 'info':
    case 'information':
    case 'notice':
      return 'info'
    case 'warn':
    case 'warning':
      return 'warn'
    case 'error':
    case 'err':
    case 'eror':
    case 'fatal':
    case 'critical':
    case 'crit':
    case 'panic':
      return 'error'
    default:
      return undefined
  }
}
