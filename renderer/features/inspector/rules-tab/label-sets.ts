import { Labels } from '../../../../collector-core/signal/labels.ts'

/** Label sets read from text, and the first line that is none. */
export interface ReadLabelSets {
  readonly sets: readonly Labels[]
  readonly broken: string | undefined
}

const mostSets = 500
const pair = /\s*([\p{L}_][\p{L}\p{Nd}_.:]*|"(?:[^"\\]|\\.)*")\s*[=:]\s*"((?:[^"\\]|\\.)*)"\s*(?:,|$)/uy

/**
 * Reads label sets as Prometheus writes them, one per line: `up{job="a"}`, `{job="a"}`, with a value behind or not; or as
 * JSON objects. At most 500 are read.
 */
export function readLabelSets(text: string): ReadLabelSets {
  const sets: Labels[] = []
  for (const line of text.split('\n')) {
    const trimmed = line.trim()
    if (trimmed === '' || trimmed.startsWith('#')) continue
    const labels = readLine(trimmed)
    if (labels === undefined) return { sets, broken: trimmed.slice(0, 80) }
    sets.push(labels)
    if (sets.length === mostSets) break
  }
  return { sets, broken: undefined }
}

function readLine(line: string): Labels | undefined {
  const parts: readonly (string | undefined)[] =
    /^([\p{L}_:][\p{L}\p{Nd}_:.]*)?\s*(?:\{(.*)\})?[^{}]*$/u.exec(line) ?? []
  const [, name = '', inner] = parts
  if (name === '' && inner === undefined) return undefined
  const found = new Map<string, string>(name === '' ? [] : [['__name__', name]])
  const body = inner ?? ''
  pair.lastIndex = 0
  while (body.slice(pair.lastIndex).trim() !== '') {
    const match = pair.exec(body)
    if (match === null) return undefined
    found.set(
      unquoted(match[1]),
      match[2].replaceAll(/\\(.)/g, (_, letter: string) => (letter === 'n' ? '\n' : letter)),
    )
  }
  return Labels.ofMap(found)
}

const unquoted = (name: string): string => (name.startsWith('"') ? name.slice(1, -1) : name)
