// TLS client settings, from either of the two dialects: the `tls_config` block of Prometheus-style components and the
// `tls` block of OpenTelemetry-style ones.
import { readFile } from 'node:fs/promises'
import { rootCertificates } from 'node:tls'
import type { SecureVersion } from 'node:tls'
import { failure } from './failure.ts'
import type { TransportFailure } from './failure.ts'
import type { Revealable } from './revealable.ts'

/** What `tls.connect` is given beyond the address. */
export interface TlsClientOptions {
  readonly ca?: readonly string[]
  readonly cert?: string
  readonly key?: string
  readonly servername?: string
  readonly rejectUnauthorized: boolean
  readonly minVersion: SecureVersion
  readonly maxVersion?: SecureVersion
}

/** Where certificates are named; shared by both dialects. Each `_pem` excludes its `_file`. */
interface CertificateArguments {
  readonly ca_pem?: string
  readonly ca_file?: string
  readonly cert_pem?: string
  readonly cert_file?: string
  readonly key_pem?: Revealable
  readonly key_file?: string
  readonly server_name?: string
  readonly insecure_skip_verify?: boolean
}

/** The `tls_config` block. */
export interface TlsConfigArguments extends CertificateArguments {
  /** `TLS10`, `TLS11`, `TLS12` or `TLS13`; default TLS12. */
  readonly min_version?: string
}

/** The `tls` block of an OpenTelemetry client. */
export interface OtlpTlsArguments extends CertificateArguments {
  readonly insecure?: boolean
  readonly include_system_ca_certs_pool?: boolean
  /** `1.0` to `1.3`; default 1.2. */
  readonly min_version?: string
  readonly max_version?: string
}

/** Reads a file as text; the world's side of `resolveTls`. */
export type ReadText = (path: string) => Promise<string>

export const readTextFile: ReadText = (path) => readFile(path, 'utf8')

const versions: Readonly<Record<string, SecureVersion>> = {
  TLS10: 'TLSv1',
  TLS11: 'TLSv1.1',
  TLS12: 'TLSv1.2',
  TLS13: 'TLSv1.3',
  '1.0': 'TLSv1',
  '1.1': 'TLSv1.1',
  '1.2': 'TLSv1.2',
  '1.3': 'TLSv1.3',
}

const invalid = (message: string, nextStep: string): TransportFailure => failure('credentials', message, nextStep)

function version(text: string | undefined, name: string): SecureVersion | TransportFailure | undefined {
  if (text === undefined || text === '') return undefined
  if (Object.hasOwn(versions, text)) return versions[text]
  return invalid(`${name} "${text}" is not a TLS version`, 'Use one of TLS10, TLS11, TLS12, TLS13 (or 1.0 to 1.3).')
}

/** The reason a `tls_config` or `tls` block contradicts itself, for checks before anything runs. */
export function tlsConflict(tls: CertificateArguments): string | undefined {
  for (const part of ['ca', 'cert', 'key'] as const) {
    if (given(tls[`${part}_pem`]) && given(tls[`${part}_file`]))
      return `at most one of ${part}_pem and ${part}_file may be set`
  }
  const cert = given(tls.cert_pem) || given(tls.cert_file)
  const key = given(tls.key_pem) || given(tls.key_file)
  if (cert && !key) return 'a client certificate needs its key: set key_file or key_pem'
  if (key && !cert) return 'a client key needs its certificate: set cert_file or cert_pem'
  return undefined
}

const given = (value: string | Revealable | undefined): boolean => value !== undefined && value !== ''

async function load(
  pem: string | undefined,
  file: string | undefined,
  what: string,
  read: ReadText,
): Promise<string | TransportFailure | undefined> {
  if (pem !== undefined && pem !== '') return pem
  if (file === undefined || file === '') return undefined
  try {
    return await read(file)
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable'
    return invalid(`${what} ${file} could not be read (${reason})`, 'Check the path and its permissions.')
  }
}

async function certificates(
  tls: CertificateArguments,
  read: ReadText,
): Promise<Omit<TlsClientOptions, 'minVersion'> | TransportFailure> {
  const conflict = tlsConflict(tls)
  if (conflict !== undefined) return invalid(`tls: ${conflict}`, 'Correct the block.')
  const ca = await load(tls.ca_pem, tls.ca_file, 'ca_file', read)
  if (typeof ca === 'object') return ca
  const cert = await load(tls.cert_pem, tls.cert_file, 'cert_file', read)
  if (typeof cert === 'object') return cert
  const key = await load(tls.key_pem?.reveal(), tls.key_file, 'key_file', read)
  if (typeof key === 'object') return key
  return {
    ...(ca !== undefined && { ca: [ca] }),
    ...(cert !== undefined && { cert }),
    ...(key !== undefined && { key }),
    ...(tls.server_name !== undefined && tls.server_name !== '' && { servername: tls.server_name }),
    rejectUnauthorized: tls.insecure_skip_verify !== true,
  }
}

/** Reads what a `tls_config` block names; without a block the system's authorities are trusted and TLS 1.2 is asked for. */
export async function resolveTlsConfig(
  tls: TlsConfigArguments | undefined,
  read: ReadText = readTextFile,
): Promise<TlsClientOptions | TransportFailure> {
  if (tls === undefined) return { rejectUnauthorized: true, minVersion: 'TLSv1.2' }
  const minVersion = version(tls.min_version, 'min_version')
  if (typeof minVersion === 'object') return minVersion
  const read_ = await certificates(tls, read)
  return 'kind' in read_ ? read_ : { ...read_, minVersion: minVersion ?? 'TLSv1.2' }
}

/**
 * Whether an OpenTelemetry client speaks TLS: always, unless `insecure` is set and no authority is named. An `https://`
 * endpoint forces it; an `http://` one does not forbid it for gRPC (`scheme` undefined there), but decides for HTTP.
 */
export function otlpUsesTls(tls: OtlpTlsArguments | undefined, scheme: 'http' | 'https' | undefined): boolean {
  if (scheme !== undefined) return scheme === 'https'
  return !(tls?.insecure === true && !given(tls.ca_file) && !given(tls.ca_pem))
}

/** Reads what a `tls` block names. Whether TLS is used at all is for `otlpUsesTls` to say. */
export async function resolveOtlpTls(
  tls: OtlpTlsArguments | undefined,
  read: ReadText = readTextFile,
): Promise<TlsClientOptions | TransportFailure> {
  if (tls === undefined) return { rejectUnauthorized: true, minVersion: 'TLSv1.2' }
  const minVersion = version(tls.min_version, 'min_version')
  if (typeof minVersion === 'object') return minVersion
  const maxVersion = version(tls.max_version, 'max_version')
  if (typeof maxVersion === 'object') return maxVersion
  const found = await certificates(tls, read)
  if ('kind' in found) return found
  const ca =
    found.ca !== undefined && tls.include_system_ca_certs_pool === true ? [...found.ca, ...rootCertificates] : found.ca
  return {
    ...found,
    ...(ca !== undefined && { ca }),
    minVersion: minVersion ?? 'TLSv1.2',
    ...(maxVersion !== undefined && { maxVersion }),
  }
}
