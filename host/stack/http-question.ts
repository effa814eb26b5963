import { WeirError } from '../../collector-core/weir-error.ts'

/** A backend's answer: status and at most 4 MiB of text. */
export interface HttpAnswer {
  readonly status: number
  readonly text: string
}

const longestAnswer = 4 * 1024 * 1024

/** One request with a deadline; redirects are not followed, as they could carry credentials elsewhere. Rejects with a `WeirError`. */
export async function askHttp(
  url: string,
  options: {
    readonly method?: 'GET' | 'POST'
    readonly headers?: Readonly<Record<string, string>>
    readonly body?: string | Uint8Array
    readonly withinMs?: number
  } = {},
): Promise<HttpAnswer> {
  const { method = 'GET', headers = {}, body, withinMs = 5000 } = options
  try {
    const response = await fetch(url, {
      method,
      headers,
      redirect: 'manual',
      signal: AbortSignal.timeout(withinMs),
      ...(body !== undefined && { body }),
    })
    return { status: response.status, text: withoutAccess(await readBounded(response), headers) }
  } catch (error) {
    throw explainHttp(error, new URL(url).host)
  }
}

/** A server may repeat what it was sent; what gives access is blotted out before anybody is shown the text. */
export function withoutAccess(text: string, headers: Readonly<Partial<Record<string, string>>>): string {
  const credentials = headers.Authorization?.split(' ').at(1)
  return credentials === undefined ? text : text.replaceAll(credentials, '…')
}

async function readBounded(response: Response): Promise<string> {
  const chunks: Uint8Array[] = []
  let length = 0
  if (response.body === null) return ''
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    length += chunk.length
    if (length > longestAnswer)
      throw new WeirError('answer-too-long', 'the answer is longer than 4 MiB', 'Ask for less.')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function explainHttp(error: unknown, host: string): WeirError {
  if (error instanceof WeirError) return error
  const { cause, name } = error as { cause?: { code?: unknown; message?: unknown }; name?: unknown }
  const code = typeof cause?.code === 'string' ? cause.code : ''
  const options = { cause: error }
  if (name === 'TimeoutError') {
    return new WeirError(
      'no-answer',
      `${host} did not answer in time`,
      'Check that it runs and is not overloaded.',
      options,
    )
  }
  switch (code) {
    case 'ECONNREFUSED':
      return new WeirError('refused', `nothing listens at ${host}`, 'Start it, or correct the address.', options)
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new WeirError(
        'no-such-host',
        `the name ${host} does not resolve`,
        'Check the address and the network.',
        options,
      )
    default:
      if (/WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST/.test(code)) {
        return new WeirError('no-tls', `${host} does not speak TLS`, 'Write http:// in its address.', options)
      }
      if (/CERT|SELF_SIGNED|SSL|TLS/.test(code)) {
        return new WeirError(
          'bad-certificate',
          `the certificate of ${host} is not trusted (${code})`,
          'Correct the address, or trust its authority with NODE_EXTRA_CA_CERTS.',
          options,
        )
      }
      return new WeirError(
        'no-connection',
        `the connection to ${host} failed${code === '' ? '' : ` (${code})`}`,
        'Check that it runs.',
        options,
      )
  }
}
