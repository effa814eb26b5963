import type { ExpositionFormat } from './exposition.ts'

const formats: ReadonlyMap<string, ExpositionFormat> = new Map([
  ['text/plain', 'text'],
  ['application/openmetrics-text', 'openmetrics'],
  ['application/vnd.google.protobuf', 'protobuf'],
])

/**
 * The format a `Content-Type` announces, by its media type alone (parameters such as `version` do not matter), or
 * undefined when it is blank or none of ours.
 */
export function formatOfContentType(contentType: string): ExpositionFormat | undefined {
  return formats.get(contentType.split(';', 1)[0].trim().toLowerCase())
}
