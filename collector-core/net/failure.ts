// Transport failures in plain words. Everything that can go wrong between asking and having a whole response ends here,
// as a value: what happened and where (`message`), and what to do about it (`nextStep`).

export type FailureCode =
  | 'aborted'
  | 'closed'
  | 'credentials'
  | 'dns'
  | 'invalid_request'
  | 'malformed_response'
  | 'no_files'
  | 'no_permission'
  | 'no_protocol'
  | 'no_socket'
  | 'overloaded'
  | 'proxy'
  | 'redirect'
  | 'refused'
  | 'reset'
  | 'response_too_large'
  | 'timeout'
  | 'tls'
  | 'unknown'
  | 'unknown_host'
  | 'unreachable'

/** No usable response. `retryable` says whether the same request may succeed later without anybody changing anything. */
export interface TransportFailure {
  readonly kind: 'failure'
  readonly code: FailureCode
  /** One sentence, no trailing full stop: what happened, and where; never holds a secret. */
  readonly message: string
  /** One sentence: what to do next. */
  readonly nextStep: string
  readonly retryable: boolean
}

const neverRetried: ReadonlySet<FailureCode> = new Set(['aborted', 'invalid_request', 'redirect', 'no_protocol'])

export function failure(code: FailureCode, message: string, nextStep: string): TransportFailure {
  return { kind: 'failure', code, message, nextStep, retryable: !neverRetried.has(code) }
}

/** The system's or TLS library's code of an error, looking through the list a connection to several addresses gives. */
export function errorCode(error: unknown): string {
  if (error instanceof AggregateError) {
    for (const inner of error.errors as readonly unknown[]) {
      const code = errorCode(inner)
      if (code !== '') return code
    }
  }
  if (typeof error === 'object' && error !== null) {
    if ('code' in error && typeof error.code === 'string') return error.code
    if ('cause' in error && error.cause !== error) return errorCode(error.cause)
  }
  return ''
}

interface Explanation {
  readonly code: FailureCode
  readonly what: string
  readonly nextStep: string
}

const slowOrGone = 'Check that it is running and not overloaded; a firewall may also be dropping the packets.'
const clockOrRenew = 'Renew the certificate, or correct the clock of this machine.'
const trustIt = 'Name the authority that signed it in ca_file or ca_pem.'

const explanations: Readonly<Record<string, Explanation>> = {
  ENOTFOUND: {
    code: 'unknown_host',
    what: 'the host name is not known',
    nextStep: 'Check the spelling of the host; inside containers, names of other networks do not resolve.',
  },
  EAI_AGAIN: {
    code: 'dns',
    what: 'the name server gave no answer',
    nextStep: 'Check the network connection and the name server settings of this machine.',
  },
  EAI_FAIL: {
    code: 'dns',
    what: 'the name server failed',
    nextStep: 'Check the name server settings of this machine.',
  },
  ECONNREFUSED: {
    code: 'refused',
    what: 'the connection was refused',
    nextStep: 'Nothing listens there: start the server, or correct the host and port.',
  },
  ECONNRESET: {
    code: 'reset',
    what: 'the connection was reset by the other side',
    nextStep: 'Look into the log of the server or of a proxy between; it ended the connection.',
  },
  EPIPE: {
    code: 'reset',
    what: 'the other side closed the connection while the request was being sent',
    nextStep: 'Look into the log of the server; it may refuse requests of this size.',
  },
  ETIMEDOUT: { code: 'timeout', what: 'there was no answer to the connection attempt', nextStep: slowOrGone },
  EHOSTUNREACH: {
    code: 'unreachable',
    what: 'there is no route to the host',
    nextStep: 'Check the address and the network connection.',
  },
  ENETUNREACH: {
    code: 'unreachable',
    what: 'the network is unreachable',
    nextStep: 'Check the network connection; IPv6 addresses need an IPv6 network.',
  },
  EADDRNOTAVAIL: {
    code: 'unreachable',
    what: 'no local address or port is left to connect from',
    nextStep: 'Close other programs with many connections, or check the address.',
  },
  ENOENT: {
    code: 'no_socket',
    what: 'the socket file does not exist',
    nextStep: 'Start the program that owns it (for Docker: the Docker daemon), or correct the path.',
  },
  EACCES: {
    code: 'no_permission',
    what: 'access was denied',
    nextStep: 'Give this user access (for Docker: add it to the docker group).',
  },
  EPERM: { code: 'no_permission', what: 'the system forbids it', nextStep: 'Check firewall and sandbox rules.' },
  EMFILE: {
    code: 'no_files',
    what: 'this process has no file descriptor left',
    nextStep: 'Raise the limit of open files (ulimit -n), or connect to fewer targets.',
  },
  ENFILE: {
    code: 'no_files',
    what: 'the system has no file descriptor left',
    nextStep: 'Close other programs or raise the limit of open files.',
  },
  CERT_HAS_EXPIRED: { code: 'tls', what: 'its certificate has expired', nextStep: clockOrRenew },
  CERT_NOT_YET_VALID: { code: 'tls', what: 'its certificate is not valid yet', nextStep: clockOrRenew },
  DEPTH_ZERO_SELF_SIGNED_CERT: {
    code: 'tls',
    what: 'its certificate is self-signed and not trusted',
    nextStep: trustIt,
  },
  SELF_SIGNED_CERT_IN_CHAIN: {
    code: 'tls',
    what: 'its certificate chain ends in an authority that is not trusted',
    nextStep: trustIt,
  },
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: {
    code: 'tls',
    what: 'its certificate is signed by an unknown authority',
    nextStep: trustIt,
  },
  UNABLE_TO_GET_ISSUER_CERT: {
    code: 'tls',
    what: 'its certificate is signed by an unknown authority',
    nextStep: trustIt,
  },
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: {
    code: 'tls',
    what: 'its certificate is signed by an unknown authority',
    nextStep: trustIt,
  },
  CERT_SIGNATURE_FAILURE: {
    code: 'tls',
    what: 'its certificate is not signed by the authority of that name that is trusted here',
    nextStep: trustIt,
  },
  CERT_REVOKED: {
    code: 'tls',
    what: 'its certificate was revoked',
    nextStep: 'Install a new certificate on the server.',
  },
  ERR_TLS_CERT_ALTNAME_INVALID: {
    code: 'tls',
    what: 'its certificate is for another host name',
    nextStep: 'Use the name the certificate was made for, or set server_name.',
  },
  ERR_SSL_WRONG_VERSION_NUMBER: {
    code: 'tls',
    what: 'it does not speak TLS',
    nextStep: 'Use http:// (or insecure = true) if the server is meant to be plaintext; else check the port.',
  },
  ERR_SSL_PACKET_LENGTH_TOO_LONG: {
    code: 'tls',
    what: 'it does not speak TLS',
    nextStep: 'Use http:// (or insecure = true) if the server is meant to be plaintext; else check the port.',
  },
  ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL: {
    code: 'no_protocol',
    what: 'it does not offer HTTP/1.1',
    nextStep: 'Set enable_http2 = true.',
  },
  ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION: {
    code: 'tls',
    what: 'it refuses our TLS version',
    nextStep: 'Lower min_version, or update the server.',
  },
  ERR_SSL_UNSUPPORTED_PROTOCOL: {
    code: 'tls',
    what: 'it only speaks TLS versions older than min_version',
    nextStep: 'Lower min_version, or update the server.',
  },
  ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED: {
    code: 'tls',
    what: 'it asks for a client certificate',
    nextStep: 'Set cert_file and key_file (or cert_pem and key_pem).',
  },
  ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE: {
    code: 'tls',
    what: 'it does not accept our client certificate',
    nextStep: 'Check cert_file and key_file against the authority the server trusts.',
  },
  ERR_SSL_TLSV1_ALERT_UNKNOWN_CA: {
    code: 'tls',
    what: 'it does not know the authority of our client certificate',
    nextStep: 'Check cert_file and key_file against the authority the server trusts.',
  },
}

/** A failure from what a socket or TLS threw; `where` names the place, password redacted. */
export function classifyFailure(error: unknown, where: string): TransportFailure {
  const code = errorCode(error)
  const known = Object.hasOwn(explanations, code) ? explanations[code] : undefined
  if (known !== undefined) return failure(known.code, `${where}: ${known.what}`, known.nextStep)
  if (code.startsWith('ERR_SSL') || code.startsWith('ERR_TLS') || code === 'EPROTO') {
    const reason = code
      .replace(/^ERR_(SSL|TLS)_/, '')
      .toLowerCase()
      .replaceAll('_', ' ')
    return failure('tls', `${where}: the TLS handshake failed (${reason})`, 'Check the tls_config of both sides.')
  }
  const detail = code === '' ? (error instanceof Error ? error.name : 'no reason given') : code
  return failure(
    'unknown',
    `${where}: the connection failed (${detail})`,
    'Check the address and the network connection.',
  )
}
