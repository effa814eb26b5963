import type { EndpointMarks } from '../../../delivery/endpoint-identity.ts'
import type { EndpointArguments } from './definition.ts'

/**
 * What identifies an endpoint, and with it its queue on disk. A configured name does; else it follows from url, headers
 * and user name, so that changing rules, limits or passwords keeps the queue. The message version belongs to it because
 * queued requests are already encoded.
 */
export function endpointMarks(endpoint: EndpointArguments): EndpointMarks {
  const { name, url, headers, basic_auth: basic, protobuf_message: message } = endpoint
  if (name !== undefined) return { name, marks: ['named', name, message] }
  return { marks: [url, [...headers].sort(), basic?.username ?? '', message] }
}
