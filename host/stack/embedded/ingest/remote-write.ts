import { decodeRequest } from '../../../../collector-core/wire/remote_write/decode-request.ts'
import { uncompress } from '../../../../collector-core/wire/snappy/uncompress.ts'
import type { MetricStore, MetricWrite } from '../storage/metric-store.ts'
import { refuse } from './refusal.ts'
import type { Refusal } from './refusal.ts'
import type { WriteRequestReader } from './write-request-reader.ts'

const largestRequest = 64 * 1024 * 1024
const v2Proto = 'io.prometheus.write.v2.Request'

/**
 * Takes a remote-write request: a snappy block of the message the content type names, v1 unless it names v2. A part that
 * is refused does not keep the rest from being stored.
 */
export async function takeRemoteWrite(
  contentType: string,
  block: Uint8Array,
  store: MetricStore,
  reader: WriteRequestReader,
): Promise<MetricWrite | Refusal> {
  const proto = /;\s*proto=\s*"?([^";\s]+)/i.exec(contentType)?.[1]
  if (!/^application\/x-protobuf\b/i.test(contentType)) {
    return refuse(415, `the content type is "${contentType}": send application/x-protobuf`)
  }
  if (proto !== undefined && proto !== v2Proto && proto !== 'prometheus.WriteRequest') {
    return refuse(415, `the message ${proto} is not known here, only prometheus.WriteRequest and ${v2Proto}`)
  }
  const bytes = uncompress(block, largestRequest)
  if (!(bytes instanceof Uint8Array)) {
    return refuse(bytes.code === 'too_large' ? 413 : 400, `the body is not a snappy block: ${bytes.message}`)
  }
  const version = proto === v2Proto ? 2 : 1
  const request = version === 1 ? reader.read(bytes) : decodeRequest(bytes, version)
  if ('malformed' in request) return refuse(400, `the body is not a write request: ${request.malformed}`)
  return store.write(request, { version, block })
}
