// Who we say we are: the `Authorization` header of a request, from whichever block names the credentials.
import { failure } from './failure.ts'
import type { TransportFailure } from './failure.ts'
import type { OAuth2Arguments } from './oauth2.ts'
import type { Revealable } from './revealable.ts'
import type { ReadText } from './tls-options.ts'

export interface CredentialArguments {
  readonly basic_auth?: {
    readonly username?: string
    readonly password?: Revealable
    readonly password_file?: string
  }
  readonly authorization?: {
    readonly type?: string
    readonly credentials?: Revealable
    readonly credentials_file?: string
  }
  readonly oauth2?: OAuth2Arguments
  readonly bearer_token?: Revealable
  readonly bearer_token_file?: string
}

const isSet = (value: string | Revealable | undefined): boolean =>
  value !== undefined && (typeof value === 'string' ? value : value.reveal()) !== ''

/** The reason the credentials contradict each other, for checks before anything runs. */
export function credentialConflict(args: CredentialArguments): string | undefined {
  const { basic_auth, authorization, oauth2 } = args
  const used = [
    basic_auth !== undefined && 'basic_auth',
    authorization !== undefined && 'authorization',
    oauth2 !== undefined && 'oauth2',
    isSet(args.bearer_token) && 'bearer_token',
    isSet(args.bearer_token_file) && 'bearer_token_file',
  ].filter((name) => name !== false)
  if (used.length > 1) return `at most one of ${used.join(' and ')} may be set`
  if (basic_auth !== undefined && isSet(basic_auth.password) && isSet(basic_auth.password_file)) {
    return 'at most one of password and password_file may be set'
  }
  if (authorization !== undefined) {
    if (isSet(authorization.credentials) && isSet(authorization.credentials_file)) {
      return 'at most one of credentials and credentials_file may be set'
    }
    if (authorization.type?.trim().toLowerCase() === 'basic')
      return 'authorization type "basic" is not allowed, use the basic_auth block'
  }
  if (oauth2 !== undefined) {
    if (oauth2.client_id === '') return 'oauth2 needs a client_id'
    if (oauth2.token_url === '') return 'oauth2 needs a token_url'
    if (isSet(oauth2.client_secret) === isSet(oauth2.client_secret_file)) {
      return 'oauth2 needs one of client_secret and client_secret_file'
    }
  }
  return undefined
}

/** A secret from its argument or its file, blanks around it removed; the file is read each time, so a new secret takes effect. */
export async function readSecret(
  secret: Revealable | undefined,
  file: string | undefined,
  name: string,
  read: ReadText,
): Promise<{ readonly text: string } | TransportFailure> {
  if (file === undefined || file === '') return { text: secret?.reveal() ?? '' }
  try {
    return { text: (await read(file)).trim() }
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable'
    return failure(
      'credentials',
      `${name} ${file} could not be read (${reason})`,
      'Check the path and its permissions.',
    )
  }
}

/** The header value for the credentials other than oauth2, or undefined where there are none. */
export async function staticAuthorization(
  args: CredentialArguments,
  read: ReadText,
): Promise<{ readonly header: string } | TransportFailure | undefined> {
  const { basic_auth, authorization } = args
  if (basic_auth !== undefined) {
    const password = await readSecret(basic_auth.password, basic_auth.password_file, 'password_file', read)
    return 'kind' in password ? password : { header: basicHeader(basic_auth.username ?? '', password.text) }
  }
  if (authorization !== undefined) {
    const credentials = await readSecret(
      authorization.credentials,
      authorization.credentials_file,
      'credentials_file',
      read,
    )
    if ('kind' in credentials) return credentials
    return { header: `${(authorization.type ?? '').trim() || 'Bearer'} ${credentials.text}` }
  }
  if (!isSet(args.bearer_token) && !isSet(args.bearer_token_file)) return undefined
  const token = await readSecret(args.bearer_token, args.bearer_token_file, 'bearer_token_file', read)
  return 'kind' in token ? token : { header: `Bearer ${token.text}` }
}

export function basicHeader(username: string, password: string): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`
}
