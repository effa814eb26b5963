import { Secret } from '../language/secret.ts'
import { readTextFile, resolveTlsConfig } from '../net/tls-options.ts'
import type { ReadText } from '../net/tls-options.ts'
import type { HttpClientArguments } from '../schema/http-client-fields.ts'
import { engineFailure } from './engine.ts'
import type { EngineAccess } from './dockerode-settings.ts'
import type { EngineFailure } from './engine.ts'

/** Reads the credentials and certificates the arguments name; files are read anew on each call. */
export async function readAccess(
  args: HttpClientArguments | undefined,
  read: ReadText = readTextFile,
): Promise<EngineAccess | EngineFailure> {
  if (args === undefined) return { headers: {}, tls: undefined }
  const tls = await resolveTlsConfig(args.tls_config, read)
  if ('kind' in tls) return engineFailure('denied', tls.message, tls.nextStep)
  const headers: Record<string, string> = {}
  for (const [name, values] of args.http_headers) headers[name] = values.map((value) => value.reveal()).join(', ')
  try {
    const authorization = await readAuthorization(args, read)
    if (authorization !== undefined) headers.Authorization = authorization
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return engineFailure(
      'denied',
      `the credentials could not be read: ${reason}`,
      'Check the file and its permissions.',
    )
  }
  return { headers, tls }
}

async function readAuthorization(args: HttpClientArguments, read: ReadText): Promise<string | undefined> {
  const { basic_auth: basic, authorization } = args
  const text = async (file: string): Promise<string> => (await read(file)).trim()
  if (basic) {
    const password = basic.password_file === undefined ? basic.password?.reveal() : await text(basic.password_file)
    return `Basic ${Buffer.from(`${basic.username ?? ''}:${password ?? ''}`).toString('base64')}`
  }
  if (authorization) {
    const file = authorization.credentials_file
    return `${authorization.type} ${file === undefined ? (authorization.credentials?.reveal() ?? '') : await text(file)}`
  }
  if (args.bearer_token_file !== undefined) return `Bearer ${await text(args.bearer_token_file)}`
  return args.bearer_token === undefined ? undefined : `Bearer ${args.bearer_token.reveal()}`
}

/** Whether two sets of arguments lead to the same access; secrets are compared by their text. */
export function sameAccess(a: HttpClientArguments | undefined, b: HttpClientArguments | undefined): boolean {
  return a === b || fingerprint(a) === fingerprint(b)
}

function fingerprint(args: HttpClientArguments | undefined): string | undefined {
  const plain = (value: unknown): unknown => {
    if (value instanceof Secret) return value.reveal()
    if (value instanceof Map) return [...(value as Map<unknown, unknown>)].map(plain)
    if (Array.isArray(value)) return value.map(plain)
    if (typeof value !== 'object' || value === null) return value
    return Object.entries(value).map(([name, part]) => [name, plain(part)])
  }
  return JSON.stringify(plain(args))
}
