// The client credentials grant of OAuth 2 (RFC 6749 section 4.4), with a token kept until shortly before it expires.
import type { Clock } from '../runtime/clock.ts'
import { readSecret } from './credentials.ts'
import { failure } from './failure.ts'
import type { TransportFailure } from './failure.ts'
import type { HttpTransport } from './http-message.ts'
import type { ProxySettings } from './proxy-choice.ts'
import { redactUrl } from '../language/redact-url.ts'
import type { Revealable } from './revealable.ts'
import { serverWords } from './server-words.ts'
import type { ReadText, TlsConfigArguments } from './tls-options.ts'

export interface OAuth2Arguments extends ProxySettings {
  readonly client_id: string
  readonly client_secret?: Revealable
  readonly client_secret_file?: string
  readonly token_url: string
  readonly scopes?: readonly string[]
  readonly endpoint_params?: ReadonlyMap<string, string>
  readonly proxy_connect_header?: ReadonlyMap<string, readonly Revealable[]>
  readonly tls_config?: TlsConfigArguments
}

/** A token is renewed this long before it expires. */
const marginMs = 10_000
/** How long a token is used that does not say when it expires. */
const unstatedLifeMs = 3_600_000
const limits = { bodyBytes: 64 * 1024 }

interface Token {
  readonly header: string
  readonly until: number
}

/** Fetches and keeps the token of one client; concurrent requests share one fetch. */
export class TokenSource {
  readonly #args: OAuth2Arguments
  readonly #transport: HttpTransport
  readonly #clock: Clock
  readonly #read: ReadText
  readonly #userAgent: string
  #token: Token | undefined
  #fetching: Promise<Token | TransportFailure> | undefined

  constructor(args: OAuth2Arguments, transport: HttpTransport, clock: Clock, read: ReadText, userAgent: string) {
    this.#args = args
    this.#transport = transport
    this.#clock = clock
    this.#read = read
    this.#userAgent = userAgent
  }

  /** The value of the `Authorization` header. */
  async authorization(): Promise<{ readonly header: string } | TransportFailure> {
    if (this.#token !== undefined && this.#clock.monotonic() < this.#token.until) return this.#token
    this.#fetching ??= this.#fetch().finally(() => {
      this.#fetching = undefined
    })
    return this.#fetching
  }

  /** Drops the token, because a server refused it. */
  forget(header: string): void {
    if (this.#token?.header === header) this.#token = undefined
  }

  close(): void {
    this.#transport.close()
  }

  async #fetch(): Promise<Token | TransportFailure> {
    const { client_id, client_secret, client_secret_file, token_url } = this.#args
    const secret = await readSecret(client_secret, client_secret_file, 'client_secret_file', this.#read)
    if ('kind' in secret) return secret
    const form = new URLSearchParams({ grant_type: 'client_credentials' })
    if ((this.#args.scopes ?? []).length > 0) form.set('scope', this.#args.scopes!.join(' '))
    for (const [name, value] of this.#args.endpoint_params ?? []) form.set(name, value)
    form.set('client_id', client_id)
    form.set('client_secret', secret.text)
    const requested = this.#clock.monotonic()
    const response = await this.#transport.request({
      method: 'POST',
      url: token_url,
      headers: [
        ['User-Agent', this.#userAgent],
        ['Accept', 'application/json'],
        ['Content-Type', 'application/x-www-form-urlencoded'],
      ],
      body: Buffer.from(form.toString()),
      limits,
      idempotent: true,
    })
    if (response.kind === 'failure') {
      return failure('credentials', `no OAuth 2 token: ${response.message}`, response.nextStep)
    }
    const where = redactUrl(token_url)
    if (response.status < 200 || response.status > 299) {
      const words = withoutSecret(serverWords(response.body), secret.text)
      return failure(
        'credentials',
        `no OAuth 2 token: ${where} answered with status ${response.status}${words === '' ? '' : `: ${words}`}`,
        'Check client_id, client_secret and token_url.',
      )
    }
    const token = readToken(response.body)
    if (token === undefined) {
      return failure(
        'credentials',
        `no OAuth 2 token: ${where} sent no access_token`,
        'Check token_url; it must answer with JSON.',
      )
    }
    this.#token = { header: token.header, until: requested + token.lifeMs - marginMs }
    return this.#token
  }
}

/** Token endpoints like to repeat what they were sent. */
function withoutSecret(words: string, secret: string): string {
  return secret === '' ? words : words.replaceAll(secret, '(secret)').replaceAll(encodeURIComponent(secret), '(secret)')
}

/** `{"access_token": string, "token_type"?: string, "expires_in"?: number or digits}` */
function readToken(body: Uint8Array): { header: string; lifeMs: number } | undefined {
  let value: unknown
  try {
    value = JSON.parse(Buffer.from(body).toString())
  } catch {
    return undefined
  }
  if (typeof value !== 'object' || value === null || !('access_token' in value)) return undefined
  const { access_token: token } = value
  if (typeof token !== 'string' || !/^[\x21-\x7e]+$/.test(token)) return undefined
  const type = 'token_type' in value && typeof value.token_type === 'string' ? value.token_type : ''
  const scheme = type === '' || type.toLowerCase() === 'bearer' ? 'Bearer' : type
  const seconds = 'expires_in' in value ? Number(value.expires_in) : NaN
  return { header: `${scheme} ${token}`, lifeMs: seconds > 0 ? seconds * 1000 : unstatedLifeMs }
}
