import { rootCertificates } from 'node:tls'
import { describe, expect, it } from 'vitest'
import { otlpUsesTls, resolveOtlpTls, resolveTlsConfig } from './tls-options.ts'
import type { OtlpTlsArguments } from './tls-options.ts'

const read = (path: string): Promise<string> =>
  path.startsWith('/no')
    ? Promise.reject(Object.assign(new Error(), { code: 'EACCES' }))
    : Promise.resolve(`content of ${path}`)
const key_pem = { reveal: () => 'the key' }

describe('otlpUsesTls', () => {
  it.each<[OtlpTlsArguments | undefined, 'http' | 'https' | undefined, boolean]>([
    [undefined, undefined, true],
    [{}, undefined, true],
    [{ insecure: false }, undefined, true],
    [{ insecure: true }, undefined, false],
    [{ insecure: true, ca_file: '/ca' }, undefined, true],
    [{ insecure: true, ca_pem: 'x' }, undefined, true],
    [{ insecure: true, ca_file: '' }, undefined, false],
    [{ insecure: true, insecure_skip_verify: true }, undefined, false],
    [{ insecure: true }, 'https', true],
    [{ insecure: false }, 'http', false],
    [undefined, 'https', true],
  ])('%j with scheme %s: %s', (tls, scheme, expected) => expect(otlpUsesTls(tls, scheme)).toBe(expected))
})

describe('resolveTlsConfig', () => {
  it('asks for TLS 1.2 and a trusted certificate by default', async () => {
    expect(await resolveTlsConfig(undefined)).toEqual({ rejectUnauthorized: true, minVersion: 'TLSv1.2' })
    expect(await resolveTlsConfig({})).toEqual({ rejectUnauthorized: true, minVersion: 'TLSv1.2' })
  })

  it('reads files and takes text', async () => {
    expect(
      await resolveTlsConfig(
        {
          ca_file: '/ca',
          cert_file: '/cert',
          key_pem,
          server_name: 's',
          insecure_skip_verify: true,
          min_version: 'TLS13',
        },
        read,
      ),
    ).toEqual({
      ca: ['content of /ca'],
      cert: 'content of /cert',
      key: 'the key',
      servername: 's',
      rejectUnauthorized: false,
      minVersion: 'TLSv1.3',
    })
  })

  it.each([
    [{ min_version: 'TLS14' }, 'min_version "TLS14" is not a TLS version'],
    [{ min_version: 'constructor' }, 'min_version "constructor" is not a TLS version'],
    [{ ca_file: '/no' }, 'ca_file /no could not be read (EACCES)'],
    [{ cert_pem: 'x', key_file: '/no' }, 'key_file /no could not be read (EACCES)'],
    [{ cert_pem: 'x' }, 'tls: a client certificate needs its key: set key_file or key_pem'],
    [{ key_pem }, 'tls: a client key needs its certificate: set cert_file or cert_pem'],
    [{ ca_pem: 'x', ca_file: 'y' }, 'tls: at most one of ca_pem and ca_file may be set'],
  ])('%j: %s', async (tls, message) => {
    expect(await resolveTlsConfig(tls, read)).toMatchObject({ kind: 'failure', message })
  })
})

describe('resolveOtlpTls', () => {
  it('replaces the system authorities by ca_file, or adds to them', async () => {
    expect(await resolveOtlpTls({ ca_file: '/ca', max_version: '1.2', min_version: '1.0' }, read)).toEqual({
      ca: ['content of /ca'],
      rejectUnauthorized: true,
      minVersion: 'TLSv1',
      maxVersion: 'TLSv1.2',
    })
    const both = await resolveOtlpTls({ ca_pem: 'x', include_system_ca_certs_pool: true }, read)
    expect(both).toMatchObject({ ca: ['x', ...rootCertificates] })
    expect(await resolveOtlpTls({ include_system_ca_certs_pool: true }, read)).not.toHaveProperty('ca')
  })
})
