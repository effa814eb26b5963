// TLS settings of a server from an OpenTelemetry-style `tls` block.
import { readFile } from 'node:fs/promises'
import { rootCertificates } from 'node:tls'
import type { SecureVersion } from 'node:tls'
import { WeirError } from '../weir-error.ts'
import type { Revealable } from './revealable.ts'

/** What `tls.createServer` is given. */
export interface TlsServerOptions {
  readonly cert: string
  readonly key: string
  readonly ca?: string[]
  readonly requestCert: boolean
  readonly rejectUnauthorized: boolean
  readonly minVersion: SecureVersion
  readonly maxVersion?: SecureVersion
}

/** The `tls` block of an OpenTelemetry server. */
export interface TlsServerArguments {
  readonly cert_pem?: string
  readonly cert_file?: string
  readonly key_pem?: Revealable
  readonly key_file?: string
  /** When set, clients must present a certificate signed by it. */
  readonly client_ca_file?: string
  readonly include_system_ca_certs_pool?: boolean
  readonly min_version?: string
  readonly max_version?: string
}

/** Reads what the block names; throws a `WeirError` when a file cannot be read or the pair is not complete. */
export async function resolveServerTls(tls: TlsServerArguments): Promise<TlsServerOptions> {
  const cert = given(tls.cert_pem) ?? (await readPem('cert_file', tls.cert_file))
  const key = given(tls.key_pem?.reveal()) ?? (await readPem('key_file', tls.key_file))
  if (cert === undefined || key === undefined) {
    throw new WeirError(
      'incomplete-tls',
      'a TLS server needs a certificate and its key',
      'Set cert_file and key_file (or cert_pem and key_pem).',
    )
  }
  const clientCa = await readPem('client_ca_file', tls.client_ca_file)
  const ca = clientCa === undefined ? [] : [clientCa, ...(tls.include_system_ca_certs_pool ? rootCertificates : [])]
  const maxVersion = versionOf(tls.max_version)
  return {
    cert,
    key,
    ...(ca.length > 0 && { ca }),
    requestCert: clientCa !== undefined,
    rejectUnauthorized: clientCa !== undefined,
    minVersion: versionOf(tls.min_version) ?? 'TLSv1.2',
    ...(maxVersion !== undefined && { maxVersion }),
  }
}

const given = (text: string | undefined): string | undefined => (text === '' ? undefined : text)

async function readPem(name: string, path: string | undefined): Promise<string | undefined> {
  if (path === undefined || path === '') return undefined
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unreadable'
    throw new WeirError(
      'unreadable-pem',
      `${name} ${path} could not be read (${code})`,
      'Check the path and its permissions.',
    )
  }
}

function versionOf(text: string | undefined): SecureVersion | undefined {
  const number = /1\.[0-3]/.exec(text ?? '')?.[0]
  return number === undefined ? undefined : number === '1.0' ? 'TLSv1' : (`TLSv${number}` as SecureVersion)
}
