import { ProtobufReader } from '../protobuf/reader.ts'

/**
 * What an export response says went wrong in part; undefined when nothing did.
 *
 *   Export…ServiceResponse  1 partial_success: 1 rejected_* int64, 2 error_message string
 */
export function partialSuccess(response: Uint8Array): string | undefined {
  const reader = new ProtobufReader(response)
  let rejected = 0
  let message = ''
  while (reader.next()) {
    if (reader.field !== 1) {
      reader.skip()
      continue
    }
    reader.message(() => {
      while (reader.next()) {
        if (reader.field === 1) rejected = reader.int()
        else if (reader.field === 2) message = reader.string()
        else reader.skip()
      }
    })
  }
  if (reader.malformed !== undefined || (rejected === 0 && message === '')) return undefined
  return [...(rejected > 0 ? [`${rejected} items rejected`] : []), ...(message === '' ? [] : [message])].join(': ')
}
