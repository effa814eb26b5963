// Why a scrape failed, as one sentence with what to do about it.
import { STATUS_CODES } from 'node:http'
import type { TransportFailure } from '../../../net/failure.ts'
import { describeExpositionError } from '../../../wire/exposition/exposition.ts'
import type { ExpositionError } from '../../../wire/exposition/exposition.ts'
import type { ScrapeTarget } from './prepare-target.ts'

/** No usable answer came. */
export function explainTransport(failure: TransportFailure, { address, timeoutMs }: ScrapeTarget): string {
  switch (failure.code) {
    case 'refused':
      return `connection refused by ${address}: is the app running, and does it listen on this port and on an address other machines or containers can reach?`
    case 'timeout':
      return `no complete answer from ${address} within ${timeoutMs / 1000} s: is the app overloaded, or does a firewall drop the packets?`
    default:
      return `${failure.message}. ${failure.nextStep}`
  }
}

/** An answer came, but not 200. */
export function explainStatus(status: number, { url }: ScrapeTarget): string {
  const name = STATUS_CODES[status] ?? ''
  return `${url} answered ${status} ${name}: ${statusAdvice(status)}`
}

function statusAdvice(status: number): string {
  if (status === 401) return 'set basic_auth, authorization or another way to log in'
  if (status === 403) return 'the credentials may not read metrics, or the app does not expose them here'
  if (status === 404) return 'check metrics_path, and that the app exposes metrics there'
  if (status === 406) return 'the app offers none of the formats in scrape_protocols'
  if (status >= 300 && status < 400) return 'set the address or metrics_path to where it redirects, or follow_redirects'
  if (status >= 500) return 'the app failed while answering, its log says why'
  return 'only 200 counts as an answer with metrics'
}

/** The answer does not follow its format. */
export function explainExposition(error: ExpositionError, body: Uint8Array, { url }: ScrapeTarget): string {
  const beginning = Buffer.from(body.subarray(0, 200)).toString('latin1').trimStart().toLowerCase()
  if (beginning.startsWith('<!doctype html') || beginning.startsWith('<html')) {
    return `${url} answered with an HTML page, not with metrics: check metrics_path`
  }
  return `the answer of ${url} cannot be read: ${describeExpositionError(error)}`
}

export function explainTooLarge(limit: number, { url }: ScrapeTarget): string {
  return `the answer of ${url} has ${limit} bytes or more, which is too large: expose fewer metrics, or raise body_size_limit`
}
