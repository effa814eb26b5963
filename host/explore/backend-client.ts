import { request } from 'undici'
import { WeirError } from '../../collector-core/weir-error.ts'
import { withoutAccess } from '../stack/http-question.ts'

/** A backend's query API: where it is, and what has to be sent along to be let in. */
export interface QueryEndpoint {
  /** As people know it, for errors: `Loki`. */
  readonly name: string
  /** Base URL without a trailing slash. */
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
}

/** What is asked for; undefined parameters are left out, a list is a parameter for each of it. */
export interface BackendQuestion {
  readonly path: string
  readonly parameters?: Readonly<Record<string, string | number | readonly string[] | undefined>>
  /** The status by which the backend says "there is none of that". */
  readonly absent?: number
  readonly stop?: AbortSignal
}

const longestMs = 30_000
const largestAnswer = 64 * 1024 * 1024
const mostWords = 500

/**
 * Asks a backend and reads its JSON; undefined for `absent`. Rejects with `WeirError`: `backend-unreachable`,
 * `backend-refused` with the backend's own words, or `answer-too-large` above 64 MiB.
 */
export async function askBackend(endpoint: QueryEndpoint, question: BackendQuestion): Promise<unknown> {
  const url = new URL(endpoint.url + question.path)
  for (const [name, value] of Object.entries(question.parameters ?? {})) {
    const values = typeof value === 'object' ? value : value === undefined ? [] : [String(value)]
    for (const each of values) url.searchParams.append(name, each)
  }
  const late = AbortSignal.timeout(longestMs)
  const signal = question.stop === undefined ? late : AbortSignal.any([late, question.stop])
  const { status, text } = await exchange(endpoint, url, signal)
  if (status === question.absent) return undefined
  if (status < 200 || status > 299) throw refusal(endpoint, status, text)
  try {
    return JSON.parse(text) as unknown
  } catch {
    throw refusal(endpoint, status, 'the answer is not JSON')
  }
}

async function exchange(
  { name, url: base, headers }: QueryEndpoint,
  url: URL,
  signal: AbortSignal,
): Promise<{ readonly status: number; readonly text: string }> {
  try {
    const { statusCode, body } = await request(url, { headers: { accept: 'application/json', ...headers }, signal })
    const chunks: Uint8Array[] = []
    let size = 0
    for await (const chunk of body as AsyncIterable<Uint8Array>) {
      size += chunk.length
      if (size > largestAnswer) {
        throw new WeirError(
          'answer-too-large',
          `${name} answered with more than 64 MiB`,
          'Ask for a shorter time range or a narrower query.',
        )
      }
      chunks.push(chunk)
    }
    return { status: statusCode, text: Buffer.concat(chunks).toString('utf8') }
  } catch (error) {
    if (error instanceof WeirError) throw error
    const why = signal.aborted ? 'did not answer in time' : `cannot be reached: ${(error as Error).message}`
    throw new WeirError(
      'backend-unreachable',
      `${name} at ${base} ${why}`,
      'See under Stack whether it runs, and start it.',
      { cause: error },
    )
  }
}

/** The backend's words: Prometheus and Loki answer JSON with `error`, or plain text. */
function refusal({ name, headers }: QueryEndpoint, status: number, text: string): WeirError {
  const told = withoutAccess(text, headers)
  let words = told.trim()
  try {
    const { error, message } = JSON.parse(told) as { readonly error?: unknown; readonly message?: unknown }
    words = [error, message].find((said) => typeof said === 'string') ?? words
  } catch {
    // Not JSON: the text itself is what it says.
  }
  return new WeirError(
    'backend-refused',
    `${name} refused the query (${status}): ${words.slice(0, mostWords) || 'without a reason'}`,
    'Change the query as it says.',
  )
}
