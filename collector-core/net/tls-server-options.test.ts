import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { rootCertificates } from 'node:tls'
import { describe, expect, it } from 'vitest'
import { resolveServerTls } from './tls-server-options.ts'

const folder = mkdtempSync(join(tmpdir(), 'weir-tls-'))
function file(name: string): string {
  const path = join(folder, name)
  writeFileSync(path, `content of ${name}`)
  return path
}
const key_pem = { reveal: () => 'the key' }

describe('TLS of a server', () => {
  it('takes text or files, and asks no client for a certificate by itself', async () => {
    expect(await resolveServerTls({ cert_pem: 'the cert', key_pem })).toEqual({
      cert: 'the cert',
      key: 'the key',
      requestCert: false,
      rejectUnauthorized: false,
      minVersion: 'TLSv1.2',
    })
    expect(await resolveServerTls({ cert_file: file('cert'), key_file: file('key') })).toMatchObject({
      cert: 'content of cert',
      key: 'content of key',
    })
    expect(await resolveServerTls({ cert_pem: '', cert_file: file('cert'), key_pem })).toMatchObject({
      cert: 'content of cert',
    })
  })

  it('demands client certificates of the authority that is named, and of that alone', async () => {
    const args = { cert_pem: 'the cert', key_pem, client_ca_file: file('ca') }
    expect(await resolveServerTls(args)).toMatchObject({
      ca: ['content of ca'],
      requestCert: true,
      rejectUnauthorized: true,
    })
    const { ca } = await resolveServerTls({ ...args, include_system_ca_certs_pool: true })
    expect(ca).toEqual(['content of ca', ...rootCertificates])
  })

  it.each([
    ['1.3', 'TLSv1.3'],
    ['TLS 1.2', 'TLSv1.2'],
    ['1.1', 'TLSv1.1'],
    ['1.0', 'TLSv1'],
    ['', 'TLSv1.2'],
  ])('version %j is %s', async (text, version) => {
    const tls = await resolveServerTls({ cert_pem: 'c', key_pem, min_version: text, max_version: text })
    expect(tls.minVersion).toBe(version)
    expect(tls.maxVersion).toBe(text === '' ? undefined : version)
  })

  it.each([
    [{ cert_pem: 'c' }, 'needs a certificate and its key'],
    [{ key_pem }, 'needs a certificate and its key'],
    [{ cert_file: '/nowhere', key_pem }, 'cert_file /nowhere could not be read (ENOENT)'],
    [{ cert_pem: 'c', key_pem, client_ca_file: '/nowhere' }, 'client_ca_file /nowhere could not be read (ENOENT)'],
  ])('%j says what is missing', async (args, message) => {
    await expect(resolveServerTls(args)).rejects.toThrow(message)
  })
})
