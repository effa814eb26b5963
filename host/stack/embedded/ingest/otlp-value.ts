type JsonObject = Readonly<Record<string, unknown>>

/** An OTLP `AnyValue` in JSON form as a plain value; lists and maps as JSON text. */
export function plainValue(value: unknown): string | number | boolean | undefined {
  const plain = unwrapped(value, 0)
  if (plain === undefined || plain === null) return undefined
  return typeof plain === 'object' ? JSON.stringify(plain) : (plain as string | number | boolean)
}

/** Attributes in JSON form by name; a name twice counts as the last says. */
export function attributeMap(list: unknown): Map<string, string | number | boolean> {
  const map = new Map<string, string | number | boolean>()
  if (!Array.isArray(list)) return map
  for (const pair of list as JsonObject[]) {
    const value = plainValue(pair.value)
    if (value !== undefined && typeof pair.key === 'string') map.set(pair.key, value)
  }
  return map
}

const deepest = 20

function unwrapped(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null || depth > deepest) return undefined
  const any = value as JsonObject
  if ('stringValue' in any) return any.stringValue
  if ('boolValue' in any) return any.boolValue
  if ('intValue' in any) return Number(any.intValue)
  if ('doubleValue' in any) return Number(any.doubleValue)
  if ('bytesValue' in any) return any.bytesValue
  const values = (inner: unknown): JsonObject[] => (inner as { values?: JsonObject[] } | undefined)?.values ?? []
  if ('arrayValue' in any) return values(any.arrayValue).map((one) => unwrapped(one, depth + 1) ?? null)
  if ('kvlistValue' in any) {
    return Object.fromEntries(
      values(any.kvlistValue).map((pair) => [String(pair.key), unwrapped(pair.value, depth + 1) ?? null]),
    )
  }
  return undefined
}
