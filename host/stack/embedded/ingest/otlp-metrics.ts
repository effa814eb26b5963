import { compress } from '../../../../collector-core/wire/snappy/compress.ts'
import { requestToJson } from '../../../../collector-core/wire/otlp/to-json.ts'
import type { MetricStore } from '../storage/metric-store.ts'
import { refuse } from './refusal.ts'
import type { Refusal } from './refusal.ts'
import { translateMetrics } from './translate-metrics.ts'
import type { WriteRequestReader } from './write-request-reader.ts'

/**
 * Takes a serialized `ExportMetricsServiceRequest`, stored as the remote-write request it amounts to; undefined when all of it
 * is stored.
 */
export async function takeMetrics(
  request: Uint8Array,
  store: MetricStore,
  reader: WriteRequestReader,
): Promise<Refusal | undefined> {
  const json = requestToJson('metrics', request)
  if (json === undefined) return refuse(400, 'the body is not an OTLP metrics request')
  const { request: written, refused } = translateMetrics(json)
  const series = reader.read(written)
  if ('malformed' in series) throw new Error(`a translated request is malformed: ${series.malformed}`)
  const stored = await store.write(series, { version: 1, block: compress(written) })
  const reasons = [...refused, ...stored.refused]
  return reasons.length === 0 ? undefined : refuse(400, reasons.join('; '))
}
