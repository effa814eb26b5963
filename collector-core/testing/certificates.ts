import { generate } from 'selfsigned'

/** A key with its certificate, as PEM text. */
export interface KeyPair {
  readonly key: string
  readonly cert: string
}

/** An authority, a server certificate of it for localhost and 127.0.0.1, and a client certificate. */
export interface Certificates {
  readonly ca: string
  readonly server: KeyPair
  readonly client: KeyPair
}

export async function makeCertificates(): Promise<Certificates> {
  const authority = await generate([{ name: 'commonName', value: 'test authority' }], {
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  })
  const issue = async (name: string): Promise<KeyPair> => {
    const issued = await generate([{ name: 'commonName', value: name }], {
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
    return { key: issued.private, cert: issued.cert }
  }
  return { ca: authority.cert, server: await issue('localhost'), client: await issue('client') }
}
