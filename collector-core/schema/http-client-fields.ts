import { Secret } from '../language/secret.ts'
import { block, bool, list, map, secret, string } from './field.ts'
import type { ArgumentsOf } from './field.ts'
import type { ArgumentProblem } from './definition.ts'

const tlsVersions = ['TLS10', 'TLS11', 'TLS12', 'TLS13']

/** The `tls_config` block of Prometheus-style HTTP clients. */
export const tlsConfigFields = {
  ca_pem: string('Certificate authority to trust, as PEM text.'),
  ca_file: string('File with the certificate authority to trust.'),
  cert_pem: string('Client certificate, as PEM text.'),
  cert_file: string('File with the client certificate.'),
  key_pem: secret('Key of the client certificate, as PEM text.'),
  key_file: string('File with the key of the client certificate.'),
  server_name: string('Name to expect in the server certificate.'),
  insecure_skip_verify: bool('Accept any server certificate.', { default: false }),
  min_version: string(`Lowest TLS version to accept: ${tlsVersions.join(', ')}.`),
}

const proxyFields = {
  proxy_url: string('Proxy to send requests through.'),
  no_proxy: string('Comma-separated hosts that bypass the proxy.'),
  proxy_from_environment: bool('Take the proxy from HTTP_PROXY, HTTPS_PROXY and NO_PROXY.', { default: false }),
  proxy_connect_header: map(list(secret(''), ''), 'Headers sent to the proxy with CONNECT.'),
}

/** The arguments every Prometheus-style HTTP client takes, to be spread into a component's or an endpoint's fields. */
export const httpClientFields = {
  bearer_token: secret('Token sent as `Authorization: Bearer`.'),
  bearer_token_file: string('File with the bearer token, read again for every request.'),
  follow_redirects: bool('Follow redirects.', { default: true }),
  enable_http2: bool('Offer HTTP/2 to TLS servers.', { default: true }),
  ...proxyFields,
  http_headers: map(list(secret(''), ''), 'Extra request headers.'),
  basic_auth: block(
    {
      username: string('User name.'),
      password: secret('Password.'),
      password_file: string('File with the password, read again for every request.'),
    },
    'Authenticate with user name and password.',
  ),
  authorization: block(
    {
      type: string('Authentication scheme.', { default: 'Bearer' }),
      credentials: secret('Credentials that follow the scheme.'),
      credentials_file: string('File with the credentials, read again for every request.'),
    },
    'Authenticate with an Authorization header.',
  ),
  oauth2: block(
    {
      client_id: string('OAuth 2.0 client identifier.', { required: true }),
      client_secret: secret('OAuth 2.0 client secret.'),
      client_secret_file: string('File with the client secret.'),
      token_url: string('Where to fetch tokens.', { required: true }),
      scopes: list(string(''), 'Scopes to ask for.'),
      endpoint_params: map(string(''), 'Extra form parameters of the token request.'),
      ...proxyFields,
      tls_config: block(tlsConfigFields, 'TLS towards the token server.'),
    },
    'Authenticate with OAuth 2.0 client credentials.',
  ),
  tls_config: block(tlsConfigFields, 'TLS towards the server.'),
}

/** Decoded `httpClientFields`. */
export type HttpClientArguments = ArgumentsOf<typeof httpClientFields>
/** Decoded `tlsConfigFields`. */
export type TlsConfigArguments = ArgumentsOf<typeof tlsConfigFields>

/** Headers other parts of a request decide about. */
const reservedHeaders: ReadonlySet<string> = new Set([
  'accept-encoding',
  'authorization',
  'connection',
  'content-encoding',
  'content-length',
  'content-type',
  'host',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'transfer-encoding',
  'user-agent',
  'www-authenticate',
  'x-prometheus-remote-read-version',
  'x-prometheus-remote-write-version',
  'x-prometheus-scrape-timeout-seconds',
])

/** Whether `http_headers` may not set a header. */
export function isReservedHeader(name: string): boolean {
  return reservedHeaders.has(name.toLowerCase())
}

/** The rules across HTTP client arguments: one way to authenticate, one source per certificate, key and secret. */
export function checkHttpClient(args: HttpClientArguments, path: readonly (string | number)[] = []): ArgumentProblem[] {
  const problems: ArgumentProblem[] = []
  const refuse = (at: string, message: string): void => {
    problems.push({ path: [...path, at], message })
  }
  const methods = (['basic_auth', 'authorization', 'oauth2', 'bearer_token', 'bearer_token_file'] as const).filter(
    (name) => isGiven(args[name]),
  )
  if (methods.length > 1) refuse(methods[1], `at most one of ${methods.join(', ')} may be set`)
  const { basic_auth: basic, authorization, oauth2 } = args
  if (basic?.password && basic.password_file) refuse('basic_auth', 'set password or password_file, not both')
  if (authorization?.credentials && authorization.credentials_file) {
    refuse('authorization', 'set credentials or credentials_file, not both')
  }
  if (authorization?.type.toLowerCase() === 'basic') {
    refuse('authorization', 'type "Basic" is not allowed here: use the basic_auth block')
  }
  if (oauth2 && isGiven(oauth2.client_secret) === isGiven(oauth2.client_secret_file)) {
    refuse('oauth2', 'set exactly one of client_secret and client_secret_file')
  }
  for (const name of args.http_headers.keys()) {
    if (isReservedHeader(name))
      refuse('http_headers', `http_headers may not set "${name}", which has another argument or belongs to the request`)
  }
  problems.push(...checkProxy(args, path))
  if (oauth2) problems.push(...checkProxy(oauth2, [...path, 'oauth2']))
  if (args.tls_config) problems.push(...checkTlsConfig(args.tls_config, [...path, 'tls_config']))
  if (oauth2?.tls_config) problems.push(...checkTlsConfig(oauth2.tls_config, [...path, 'oauth2', 'tls_config']))
  return problems
}

/** An empty text is none, as when an environment variable is not set. */
function isGiven(value: unknown): boolean {
  return value !== undefined && value !== '' && !(value instanceof Secret && value.reveal() === '')
}

function checkProxy(args: ArgumentsOf<typeof proxyFields>, path: readonly (string | number)[]): ArgumentProblem[] {
  const problems: ArgumentProblem[] = []
  const refuse = (at: string, message: string): void => void problems.push({ path: [...path, at], message })
  const { proxy_url: url, no_proxy: exceptions, proxy_from_environment: fromEnvironment } = args
  if (fromEnvironment && (url !== undefined || exceptions !== undefined)) {
    refuse('proxy_from_environment', 'proxy_from_environment excludes proxy_url and no_proxy')
  }
  if (url && !/^https?:\/\/[^/]/.test(url)) {
    refuse('proxy_url', `"${url}" is not an http or https URL; write for example "http://proxy:3128"`)
  }
  if (exceptions !== undefined && url === undefined) refuse('no_proxy', 'no_proxy needs proxy_url')
  if (args.proxy_connect_header.size > 0 && url === undefined && !fromEnvironment) {
    refuse('proxy_connect_header', 'proxy_connect_header needs proxy_url or proxy_from_environment')
  }
  return problems
}

function checkTlsConfig(tls: TlsConfigArguments, path: readonly (string | number)[]): ArgumentProblem[] {
  const problems: ArgumentProblem[] = []
  for (const [pem, file] of [
    ['ca_pem', 'ca_file'],
    ['cert_pem', 'cert_file'],
    ['key_pem', 'key_file'],
  ] as const) {
    if (tls[pem] !== undefined && tls[file] !== undefined) {
      problems.push({ path: [...path, file], message: `set ${pem} or ${file}, not both` })
    }
  }
  if ((tls.cert_pem ?? tls.cert_file) === undefined && (tls.key_pem ?? tls.key_file) !== undefined) {
    problems.push({ path, message: 'a client key needs a client certificate (cert_pem or cert_file)' })
  }
  if ((tls.cert_pem ?? tls.cert_file) !== undefined && (tls.key_pem ?? tls.key_file) === undefined) {
    problems.push({ path, message: 'a client certificate needs its key (key_pem or key_file)' })
  }
  if (tls.min_version !== undefined && !tlsVersions.includes(tls.min_version)) {
    problems.push({ path: [...path, 'min_version'], message: `min_version must be one of ${tlsVersions.join(', ')}` })
  }
  return problems
}
