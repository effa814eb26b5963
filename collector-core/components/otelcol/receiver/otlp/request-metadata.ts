import type { RequestMetadata } from '../../../../signal/otlp-batch.ts'

/** The headers of a request, those of the protocol itself (`:path` and the like) left out. */
export function requestMetadata(
  headers: Readonly<Record<string, string | readonly string[] | undefined>>,
): RequestMetadata {
  const metadata = new Map<string, readonly string[]>()
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined || name.startsWith(':')) continue
    metadata.set(name.toLowerCase(), typeof value === 'string' ? [value] : value)
  }
  return metadata
}
