import { inflateBody } from '../../../net/body.ts'
import type { HttpClient } from '../../../net/http-arguments.ts'
import type { ReusableBody } from '../../../net/response-body.ts'
import { formatOfContentType } from '../../../wire/exposition/content-type.ts'
import type { ExpositionFormat } from '../../../wire/exposition/exposition.ts'
import { explainStatus, explainTooLarge, explainTransport } from './explain-failure.ts'
import type { ScrapeTarget } from './prepare-target.ts'

export interface FetchSettings {
  readonly accept: string
  readonly compression: boolean
  /** The format of answers whose Content-Type is missing or foreign; undefined refuses them. */
  readonly fallback: ExpositionFormat | undefined
  /** An answer of this many bytes is too large. */
  readonly bodyBytes: number
}

/** The address under which a collector's own exporters are listed. */
export const ownHost = 'alloy.internal:12345'

export type Fetched =
  | { readonly kind: 'body'; readonly body: Uint8Array; readonly format: ExpositionFormat }
  | { readonly kind: 'failed'; readonly reason: string; readonly tooLarge: boolean }

const failed = (reason: string, tooLarge = false): Fetched => ({ kind: 'failed', reason, tooLarge })

/**
 * Asks a target for its metrics. The body is valid until `reuse` is used again. `ownAddress` is dialled in place of the
 * collector's own host.
 */
export async function fetchExposition(
  client: HttpClient,
  target: ScrapeTarget,
  settings: FetchSettings,
  ownAddress: () => string,
  reuse: ReusableBody,
  signal: AbortSignal,
): Promise<Fetched> {
  const own = target.address === ownHost
  const largest = settings.bodyBytes - 1
  const response = await client.send({
    method: 'GET',
    url: own ? target.url.replace(ownHost, ownAddress()) : target.url,
    headers: [
      ['Accept', settings.accept],
      ['Accept-Encoding', settings.compression ? 'gzip' : 'identity'],
      ['X-Prometheus-Scrape-Timeout-Seconds', String(target.timeoutMs / 1000)],
    ],
    timeoutMs: target.timeoutMs,
    limits: { bodyBytes: largest },
    reuse,
    signal,
  })
  if (response.kind === 'failure') {
    const tooLarge = response.code === 'response_too_large'
    const reason = tooLarge ? explainTooLarge(settings.bodyBytes, target) : explainTransport(response, target)
    return failed(reason, tooLarge)
  }
  if (response.status !== 200) return failed(explainStatus(response.status, target))
  const contentType = response.headers.get('content-type') ?? ''
  const format = formatOfContentType(contentType) ?? settings.fallback
  if (format === undefined) {
    const shown = JSON.stringify(contentType.slice(0, 80))
    return failed(
      `${target.url} answered with the Content-Type ${shown}, which is no metrics format: set scrape_fallback_protocol, or correct the app`,
    )
  }
  if (response.headers.get('content-encoding') !== 'gzip') return { kind: 'body', body: response.body, format }
  const inflated = await inflateBody(response.body, 'gzip', { maxBytes: largest })
  if (inflated instanceof Uint8Array) return { kind: 'body', body: inflated, format }
  if (inflated.code === 'too_large') return failed(explainTooLarge(settings.bodyBytes, target), true)
  return failed(`the answer of ${target.url} cannot be read: ${inflated.message}`)
}
