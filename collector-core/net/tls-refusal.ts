import { errorCode } from './failure.ts'

/** Why a client and a TLS server of ours did not come together, and what would help, in one sentence. */
export function tlsRefusal(error: unknown): string {
  const code = errorCode(error).replace(/^ERR_(?:SSL|TLS)_/, '')
  switch (code) {
    case 'HTTP_REQUEST':
    case 'WRONG_VERSION_NUMBER':
      return 'a sender without TLS came to a port with TLS; it needs https://, or over gRPC a secure connection'
    case 'TLSV1_ALERT_UNKNOWN_CA':
    case 'SSLV3_ALERT_CERTIFICATE_UNKNOWN':
    case 'SSLV3_ALERT_BAD_CERTIFICATE':
    case 'TLSV1_ALERT_DECRYPT_ERROR':
      return 'a sender does not trust the certificate of this port; give it the authority that signed it'
    case 'PEER_DID_NOT_RETURN_A_CERTIFICATE':
      return 'a sender came without the client certificate that client_ca_file asks for'
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
    case 'SELF_SIGNED_CERT_IN_CHAIN':
      return 'a sender came with a client certificate that client_ca_file did not sign'
    case 'UNSUPPORTED_PROTOCOL':
    case 'TLSV1_ALERT_PROTOCOL_VERSION':
      return 'a sender speaks no TLS version that this port takes; see min_version and max_version'
    case 'ECONNRESET':
      return 'a sender hung up while TLS was agreed on, as those do that do not trust the certificate'
    default:
      return `a sender and this port did not agree on TLS (${code === '' ? 'no reason given' : code.toLowerCase().replaceAll('_', ' ')})`
  }
}
