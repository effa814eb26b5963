import { describe, expect, it } from 'vitest'
import { classifyFailure, failure } from './failure.ts'
import { lokiRules, otlpHttpRules, outcomeOf, remoteWriteRules } from './http-outcome.ts'
import type { Outcome, OutcomeRules } from './http-outcome.ts'
import { retryAfterMs } from './retry-after.ts'
import { escapeControls, serverWords } from './server-words.ts'

const now = Date.parse('2026-01-01T00:00:00Z')

const answer = (
  status: number,
  headers: Record<string, string> = {},
  body = 'words',
): Parameters<typeof outcomeOf>[0] => ({
  kind: 'response',
  status,
  headers: new Map(Object.entries(headers)),
  body: new TextEncoder().encode(body),
})

describe('outcomeOf', () => {
  const write = remoteWriteRules()
  const push = lokiRules()
  const retry = { kind: 'retry' }
  const final = { kind: 'rejected', split: undefined, unauthorized: undefined }

  it.each<[string, OutcomeRules, number, Partial<Record<keyof Outcome | 'split' | 'unauthorized', unknown>>]>([
    ['remote write', write, 200, { kind: 'delivered' }],
    ['remote write', write, 204, { kind: 'delivered' }],
    ['remote write', write, 301, final],
    ['remote write', write, 400, { kind: 'rejected', split: 'bisect' }],
    ['remote write', write, 401, { kind: 'rejected', unauthorized: true }],
    ['remote write', write, 403, { kind: 'rejected', unauthorized: true }],
    ['remote write', write, 404, final],
    ['remote write', write, 408, final],
    ['remote write', write, 413, { kind: 'rejected', split: 'half' }],
    ['remote write', write, 422, final],
    ['remote write', write, 429, retry],
    ['remote write without 429', remoteWriteRules(false), 429, final],
    ['remote write', write, 500, retry],
    ['remote write', write, 501, retry],
    ['remote write', write, 503, retry],
    ['remote write', write, 599, retry],
    ['loki', push, 204, { kind: 'delivered' }],
    ['loki', push, 400, final],
    ['loki', push, 413, { kind: 'rejected', split: 'half' }],
    ['loki', push, 429, retry],
    ['loki without 429', lokiRules(false), 429, final],
    ['loki', push, 500, retry],
    ['otlp', otlpHttpRules, 200, { kind: 'delivered' }],
    ['otlp', otlpHttpRules, 400, final],
    ['otlp', otlpHttpRules, 401, { kind: 'rejected', unauthorized: true }],
    ['otlp', otlpHttpRules, 413, { kind: 'rejected', split: 'half' }],
    ['otlp', otlpHttpRules, 429, retry],
    ['otlp', otlpHttpRules, 500, final],
    ['otlp', otlpHttpRules, 501, final],
    ['otlp', otlpHttpRules, 502, retry],
    ['otlp', otlpHttpRules, 503, retry],
    ['otlp', otlpHttpRules, 504, retry],
  ])('%s %#: status %i', (_, rules, status, expected) => {
    const outcome = outcomeOf(answer(status), rules, now)
    expect({ split: undefined, unauthorized: undefined, ...outcome }).toMatchObject(expected)
  })

  it('heeds Retry-After where the protocol does', () => {
    const wait = { 'retry-after': '7' }
    expect(outcomeOf(answer(500, wait), write, now)).toMatchObject({ afterMs: 7000 })
    expect(outcomeOf(answer(429, wait), otlpHttpRules, now)).toMatchObject({ afterMs: 7000 })
    expect(outcomeOf(answer(502, wait), otlpHttpRules, now)).not.toHaveProperty('afterMs')
    expect(outcomeOf(answer(429, { 'retry-after': 'soon' }), write, now)).not.toHaveProperty('afterMs')
  })

  it('keeps the words of the server and where it points to', () => {
    expect(outcomeOf(answer(422, {}, 'bad\nline'), write, now)).toEqual({
      kind: 'rejected',
      status: 422,
      reason: 'the server answered with status 422: bad\\nline',
    })
    expect(outcomeOf(answer(302, { location: 'https://a/b?token=x' }), push, now)).toMatchObject({
      reason: 'the server redirects to https://a/b (status 302); set the url to the final address',
    })
    expect(outcomeOf(answer(500, {}, ''), push, now)).toMatchObject({ reason: 'the server answered with status 500' })
  })

  it('retries what may pass, not what only a change of configuration cures', () => {
    const refused = classifyFailure(Object.assign(new Error(), { code: 'ECONNREFUSED' }), 'http://a/')
    expect(outcomeOf(refused, write, now)).toEqual({
      kind: 'retry',
      reason:
        'http://a/: the connection was refused. Nothing listens there: start the server, or correct the host and port.',
    })
    expect(outcomeOf(failure('invalid_request', 'a', 'b'), write, now)).toMatchObject({ kind: 'rejected' })
  })
})

describe('retryAfterMs', () => {
  it.each<[string | undefined, number | undefined]>([
    [undefined, undefined],
    ['', undefined],
    ['0', undefined],
    ['-5', undefined],
    ['1', 1000],
    [' 120 ', 120_000],
    ['300', 300_000],
    ['301', 300_000],
    ['315360000', 300_000],
    ['9'.repeat(400), 300_000],
    ['1.5', undefined],
    ['1e3', undefined],
    ['0x10', undefined],
    ['soon', undefined],
    ['Infinity', undefined],
    ['Thu, 01 Jan 2026 00:00:30 GMT', 30_000],
    ['Thursday, 01-Jan-26 00:00:30 GMT', 30_000],
    ['Thu, 01 Jan 2037 00:00:30 GMT', 300_000],
    ['Wed, 31 Dec 2025 23:59:59 GMT', undefined],
    ['Thu, 99 Jan 2026 00:00:30 GMT', undefined],
    ['2026-01-01T00:00:30Z', undefined],
  ])('%j gives %j', (value, expected) => expect(retryAfterMs(value, now)).toBe(expected))
})

describe('serverWords', () => {
  it('cuts at 1024 bytes and escapes what could disturb a terminal or a line', () => {
    expect(serverWords(new TextEncoder().encode('é'.repeat(2000))).length).toBe(512)
    expect(escapeControls('a\u001b[31mred\u0000\u009b\u202eevil\r\n\tz')).toBe(
      'a\\u001b[31mred\\u0000\\u009b\\u202eevil\\r\\n\\tz',
    )
    expect(serverWords(Uint8Array.of(0xff, 0x41))).toBe('\ufffdA')
  })

  it('reads the message of a protobuf status, and survives one that is not', () => {
    const status = Uint8Array.of(8, 3, 18, 3, 0x62, 0x61, 0x64, 26, 2, 1, 2)
    expect(serverWords(status, 'application/x-protobuf')).toBe('bad')
    expect(serverWords(Uint8Array.of(18, 200, 1, 0x61), 'application/x-protobuf')).toBe('a')
    expect(serverWords(new TextEncoder().encode('plain'), 'application/x-protobuf')).toBe('plain')
  })
})

describe('classifyFailure', () => {
  it.each([
    'ENOTFOUND',
    'EAI_AGAIN',
    'ECONNREFUSED',
    'ECONNRESET',
    'EPIPE',
    'ETIMEDOUT',
    'EHOSTUNREACH',
    'ENETUNREACH',
    'ENOENT',
    'EACCES',
    'EMFILE',
    'CERT_HAS_EXPIRED',
    'DEPTH_ZERO_SELF_SIGNED_CERT',
    'ERR_TLS_CERT_ALTNAME_INVALID',
    'ERR_SSL_WRONG_VERSION_NUMBER',
    'ERR_SSL_SOMETHING_NEW',
    'EPROTO',
    'EWHATEVER',
    '',
    'constructor',
    '__proto__',
  ])('%j is a sentence with a next step', (code) => {
    // prettier-ignore
    const result = classifyFailure(Object.assign(new Error('raw detail'), code === '' ? {} : { code }), 'http://a/')
    expect(result.message).toMatch(/^http:\/\/a\/: [a-z].*[^.]$/)
    expect(result.nextStep).toMatch(/^[A-Z].*\.$/)
    expect(result.message).not.toContain('raw detail')
  })

  it('looks into the list of a connection that tried several addresses, and into causes', () => {
    const inner = Object.assign(new Error(), { code: 'ECONNREFUSED' })
    expect(classifyFailure(new AggregateError([inner, inner]), 'x').code).toBe('refused')
    expect(classifyFailure(new Error('x', { cause: inner }), 'x').code).toBe('refused')
    expect(classifyFailure('thrown text', 'x').code).toBe('unknown')
  })
})
