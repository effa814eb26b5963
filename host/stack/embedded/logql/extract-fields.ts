/** Fields of a line with its label names, or undefined when the line is not of that format. */
export type Fields = ReadonlyMap<string, string> | undefined

/** Every leaf of a JSON object, nested names joined by `_`; lists are left out. */
export function jsonFields(line: string): Fields {
  const object = parseObject(line)
  if (object === undefined) return undefined
  const fields = new Map<string, string>()
  flatten(object, '', fields, 0)
  return fields
}

const deepest = 32

function flatten(object: object, prefix: string, fields: Map<string, string>, depth: number): void {
  for (const [name, value] of Object.entries(object)) {
    const label = prefix + labelOf(name)
    if (isObject(value)) {
      if (depth < deepest) flatten(value, `${label}_`, fields, depth + 1)
    } else if (!Array.isArray(value) && value !== null) fields.set(label, textOf(value))
  }
}

/** Values at paths such as `request.headers["User-Agent"]` or `servers[0]`. */
export function jsonPaths(line: string, paths: readonly (readonly [label: string, path: string])[]): Fields {
  const object = parseObject(line)
  if (object === undefined) return undefined
  const fields = new Map<string, string>()
  for (const [label, path] of paths) {
    let value: unknown = object
    for (const step of path.matchAll(/([A-Za-z_][\w-]*)|\["([^"]*)"\]|\[(\d+)\]/g)) {
      const index = step.at(3)
      const key = step.at(1) ?? step.at(2) ?? ''
      if (index !== undefined) value = Array.isArray(value) ? (value as unknown[])[Number(index)] : undefined
      else value = isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined
    }
    if (value !== undefined && value !== null) fields.set(label, textOf(value))
  }
  return fields
}

/** `name=value` pairs; values may be in double quotes. `nameOf` makes label names of what stands in front. */
export function logfmtFields(line: string, nameOf = labelOf): ReadonlyMap<string, string> {
  const fields = new Map<string, string>()
  for (const pair of line.matchAll(/([^\s="]+)=(?:"((?:[^"\\]|\\.)*)"|(\S*))/g)) {
    const [name, quoted] = [pair[1], pair.at(2)]
    const value = quoted === undefined ? (pair.at(3) ?? '') : unescaped(quoted)
    if (value !== '') fields.set(nameOf(name), value)
  }
  return fields
}

function unescaped(text: string): string {
  if (!text.includes('\\')) return text
  return text.replace(/\\(.)/g, (_, char: string) => (char === 'n' ? '\n' : char === 't' ? '\t' : char))
}

function parseObject(line: string): Record<string, unknown> | undefined {
  try {
    const json: unknown = JSON.parse(line)
    return isObject(json) ? json : undefined
  } catch {
    return undefined
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** A name with what labels may not have replaced by `_`. */
function labelOf(name: string): string {
  const clean = name.replace(/[^a-zA-Z0-9_]/g, '_')
  return /^[0-9]/.test(clean) ? `_${clean}` : clean
}
