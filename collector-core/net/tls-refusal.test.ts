import { expect, it } from 'vitest'
import { tlsRefusal } from './tls-refusal.ts'

it.each([
  ['ERR_SSL_HTTP_REQUEST', 'without TLS came to a port with TLS'],
  ['ERR_SSL_TLSV1_ALERT_UNKNOWN_CA', 'does not trust the certificate'],
  ['ERR_SSL_PEER_DID_NOT_RETURN_A_CERTIFICATE', 'without the client certificate'],
  ['ERR_SSL_UNSUPPORTED_PROTOCOL', 'no TLS version that this port takes'],
  ['ECONNRESET', 'hung up'],
  ['ERR_SSL_NO_SHARED_CIPHER', '(no shared cipher)'],
  [undefined, '(no reason given)'],
])('%s is told as "%s"', (code, words) => {
  expect(tlsRefusal(Object.assign(new Error('x'), { code }))).toContain(words)
})
