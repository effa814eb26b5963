import { Labels } from '../../../../collector-core/signal/labels.ts'
import { requestToJson } from '../../../../collector-core/wire/otlp/to-json.ts'
import type { IncomingLine } from '../storage/log-block.ts'
import type { IncomingStream, LogStore } from '../storage/log-store.ts'
import { readOtlpBody } from './otlp-body.ts'
import { attributeMap, plainValue } from './otlp-value.ts'
import { refuse } from './refusal.ts'
import type { Refusal } from './refusal.ts'

type JsonObject = Readonly<Record<string, unknown>>

/** Resource attributes that become labels of the stream; what Loki indexes by default. */
const indexed = new Set([
  'service.name',
  'service.namespace',
  'service.instance.id',
  'deployment.environment',
  'deployment.environment.name',
  'cloud.region',
  'cloud.availability_zone',
  'k8s.cluster.name',
  'k8s.namespace.name',
  'k8s.pod.name',
  'k8s.container.name',
  'container.name',
  'k8s.replicaset.name',
  'k8s.deployment.name',
  'k8s.statefulset.name',
  'k8s.daemonset.name',
  'k8s.cronjob.name',
  'k8s.job.name',
])

/** Takes an `ExportLogsServiceRequest` over HTTP; undefined when all of it is stored. */
export async function takeOtlpLogs(
  contentType: string,
  body: Uint8Array,
  store: LogStore,
): Promise<Refusal | undefined> {
  const bytes = readOtlpBody('logs', contentType, body)
  return bytes instanceof Uint8Array ? takeLogs(bytes, store) : bytes
}

/** Takes a serialized `ExportLogsServiceRequest`; undefined when all of it is stored. */
export async function takeLogs(request: Uint8Array, store: LogStore): Promise<Refusal | undefined> {
  const json = requestToJson('logs', request)
  if (json === undefined) return refuse(400, 'the body is not an OTLP logs request')
  const streams = objects(json.resourceLogs)
    .map(streamOf)
    .filter(({ lines }) => lines.length > 0)
  if (streams.length === 0) return undefined
  const { refused } = await store.write(streams)
  return refused.length === 0 ? undefined : refuse(400, refused.join('; '))
}

function streamOf({ resource, scopeLogs }: JsonObject): IncomingStream {
  const attributes = attributeMap((resource as JsonObject | undefined)?.attributes)
  const labels: [string, string][] = []
  const metadata: [string, string][] = []
  for (const [name, value] of attributes) (indexed.has(name) ? labels : metadata).push([labelName(name), String(value)])
  if (!attributes.has('service.name')) labels.push(['service_name', 'unknown_service'])
  const lines = objects(scopeLogs).flatMap(({ scope, logRecords }) => {
    const { name, version } = (scope ?? {}) as JsonObject
    const ofScope = [...metadata]
    if (typeof name === 'string' && name !== '') ofScope.push(['scope_name', name])
    if (typeof version === 'string' && version !== '') ofScope.push(['scope_version', version])
    return objects(logRecords).map((record) => lineOf(record, ofScope))
  })
  return { labels: Labels.of(labels), lines }
}

function lineOf(record: JsonObject, shared: readonly (readonly [string, string])[]): IncomingLine {
  const observed = digits(record.observedTimeUnixNano)
  const time = digits(record.timeUnixNano) ?? observed ?? `${Date.now()}000000`
  const metadata = new Map<string, string>(shared)
  for (const [name, value] of attributeMap(record.attributes)) metadata.set(labelName(name), String(value))
  if (observed !== undefined) metadata.set('observed_timestamp', observed)
  if (Number(record.severityNumber ?? 0) > 0) metadata.set('severity_number', String(record.severityNumber))
  for (const [name, key] of [
    ['severity_text', 'severityText'],
    ['trace_id', 'traceId'],
    ['span_id', 'spanId'],
  ] as const) {
    const value = record[key]
    if (typeof value === 'string' && value !== '') metadata.set(name, value)
  }
  return {
    seconds: Number(time.slice(0, -9) || '0'),
    nanos: Number(time.slice(-9)),
    line: Buffer.from(String(plainValue(record.body) ?? '')),
    metadata: [...metadata],
  }
}

const objects = (list: unknown): JsonObject[] => (Array.isArray(list) ? (list as JsonObject[]) : [])
const digits = (value: unknown): string | undefined => (typeof value === 'string' && value !== '0' ? value : undefined)

/** An attribute's name as a label's: what may not stand in it becomes `_`. */
function labelName(name: string): string {
  const clean = name.replace(/[^a-zA-Z0-9_]/g, '_')
  return /^[0-9]/.test(clean) ? `_${clean}` : clean
}
