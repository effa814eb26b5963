import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { generate } from 'selfsigned'
import { scratchFolder } from './scratch-folder.ts'

/** A certificate authority, a server certificate for 127.0.0.1 and a client certificate, as PEM text and as files. */
export interface Pki {
  readonly ca: string
  readonly server: { readonly key: string; readonly cert: string }
  readonly files: { readonly ca: string; readonly clientKey: string; readonly clientCert: string }
}

export async function createPki(): Promise<Pki> {
  const authority = await generate([{ name: 'commonName', value: 'e2e authority' }], {
    keySize: 2048,
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  })
  const issue = (name: string) =>
    generate([{ name: 'commonName', value: name }], {
      keySize: 2048,
      algorithm: 'sha256',
      ca: { key: authority.private, cert: authority.cert },
      extensions: [
        { name: 'basicConstraints', cA: false },
        { name: 'keyUsage', digitalSignature: true, keyEncipherment: true },
        { name: 'extKeyUsage', serverAuth: true, clientAuth: true },
        {
          name: 'subjectAltName',
          altNames: [
            { type: 2, value: 'localhost' },
            { type: 7, ip: '127.0.0.1' },
          ],
        },
      ],
    })
  const server = await issue('backend')
  const client = await issue('weir')
  const folder = scratchFolder()
  const file = (name: string, text: string): string => {
    const path = join(folder, name)
    writeFileSync(path, text)
    return path
  }
  return {
    ca: authority.cert,
    server: { key: server.private, cert: server.cert },
    files: {
      ca: file('ca.crt', authority.cert),
      clientKey: file('client.key', client.private),
      clientCert: file('client.crt', client.cert),
    },
  }
}
