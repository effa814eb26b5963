import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CollectedBody } from './response-body.ts'
import { ResponseReader } from './response-reader.ts'

const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1')

interface Outcome {
  readonly state: string
  readonly reason?: string
  readonly status?: number
  readonly body?: string
  readonly keepAlive?: boolean
  readonly headers?: Record<string, string>
}

interface Setting {
  readonly method?: string
  readonly headLimit?: number
  readonly bodyLimit?: number
  readonly eof?: boolean
  /** Feed through `room`, as a connection does, where the reader offers it. */
  readonly direct?: boolean
}

/** Feeds the pieces as a connection would and gives what a caller would see. */
function feed(pieces: readonly Uint8Array[], setting: Setting = {}): Outcome {
  const limit = setting.bodyLimit ?? 1000
  let body: CollectedBody | undefined
  const reader = new ResponseReader(setting.method ?? 'GET', setting.headLimit ?? 2000, (_, declared) => {
    if (declared !== undefined && declared > limit) return { tooLarge: limit }
    body = new CollectedBody(limit, declared, undefined)
    return body
  })
  for (const piece of pieces) {
    if (reader.state === 'failed' || reader.state === 'done') {
      if (piece.length > 0) reader.keepAlive = false
      break
    }
    let rest = piece
    const room = setting.direct === true ? reader.room() : undefined
    if (room !== undefined) {
      const size = Math.min(room.length, rest.length)
      room.set(rest.subarray(0, size))
      reader.filled(size)
      rest = rest.subarray(size)
      if (rest.length === 0) continue
      reader.keepAlive = false
      break
    }
    if (rest.length > 0) void reader.read(Uint8Array.from(rest), rest.length)
  }
  if (setting.eof !== false && (reader.state === 'head' || reader.state === 'body')) reader.end()
  if (reader.state === 'failed') return { state: 'failed', reason: reader.failure?.reason }
  return {
    state: reader.state,
    status: reader.head?.status,
    body: Buffer.from(body?.result() ?? []).toString('latin1'),
    keepAlive: reader.keepAlive,
    headers: Object.fromEntries(reader.head?.headers ?? []),
  }
}

const ok = 'HTTP/1.1 200 OK\r\n'
const chunked = `${ok}Transfer-Encoding: chunked\r\n\r\n`

/** Cuts bytes at the given places, empty pieces left out. */
function cut(bytes: Uint8Array, places: readonly number[]): Uint8Array[] {
  const at = [0, ...places.map((place) => place % (bytes.length + 1)).sort((a, b) => a - b), bytes.length]
  return at
    .slice(1)
    .map((end, index) => bytes.subarray(at[index], end))
    .filter((piece) => piece.length > 0)
}

describe('responses that are read', () => {
  const rows: [string, string, string, Partial<Outcome>, Setting?][] = [
    ['a length', `${ok}Content-Length: 5\r\n\r\nhello`, 'hello', { keepAlive: true }],
    ['a length of zero', `${ok}Content-Length: 0\r\n\r\n`, '', { keepAlive: true }],
    ['equal repeated lengths', `${ok}Content-Length: 2\r\ncontent-length: 2\r\n\r\nhi`, 'hi', {}],
    ['chunks', `${chunked}5\r\nhello\r\n1\r\n \r\n5\r\nworld\r\n0\r\n\r\n`, 'hello world', { keepAlive: true }],
    [
      'chunks with padded and mixed-case sizes',
      `${chunked}00a\r\n0123456789\r\nB\r\n01234567890\r\n0\r\n\r\n`,
      '012345678901234567890',
      {},
    ],
    [
      'chunks with extensions and trailers',
      `${chunked}2;a="b c"\r\nhi\r\n2 ;x\r\nho\r\n0;z\r\nA: b\r\nC: d\r\n\r\n`,
      'hiho',
      { keepAlive: true },
    ],
    ['no chunk but the last', `${chunked}0\r\n\r\n`, '', {}],
    ['a body until the end', `${ok}\r\nuntil the end`, 'until the end', { keepAlive: false }],
    ['HTTP/1.0', 'HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nhi', 'hi', { keepAlive: false }],
    [
      'HTTP/1.0 kept alive',
      'HTTP/1.0 200 OK\r\nConnection: Keep-Alive\r\nContent-Length: 2\r\n\r\nhi',
      'hi',
      { keepAlive: true },
    ],
    ['connection: close', `${ok}Connection: foo, Close\r\nContent-Length: 2\r\n\r\nhi`, 'hi', { keepAlive: false }],
    ['no reason phrase', 'HTTP/1.1 200 \r\nContent-Length: 2\r\n\r\nhi', 'hi', {}],
    ['no space after the status', 'HTTP/1.1 200\r\nContent-Length: 2\r\n\r\nhi', 'hi', {}],
    [
      'interim responses',
      `HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n${ok}Content-Length: 2\r\n\r\nhi`,
      'hi',
      { keepAlive: true },
    ],
    ['204 without a body', 'HTTP/1.1 204 No Content\r\n\r\n', '', { status: 204, keepAlive: true }],
    [
      '204 that claims a body, not kept',
      'HTTP/1.1 204 No Content\r\nContent-Length: 3\r\n\r\nabc',
      '',
      { keepAlive: false },
    ],
    ['304 with a length', 'HTTP/1.1 304 Not Modified\r\nContent-Length: 300\r\n\r\n', '', { keepAlive: true }],
    ['HEAD with a length', `${ok}Content-Length: 300\r\n\r\n`, '', { keepAlive: true }, { method: 'HEAD' }],
    ['HEAD with chunks announced', chunked, '', { keepAlive: true }, { method: 'HEAD' }],
    [
      'bytes after the body, not kept',
      `${ok}Content-Length: 2\r\n\r\nhiHTTP/1.1 200 OK\r\n\r\n`,
      'hi',
      { keepAlive: false },
    ],
    ['bytes after the last chunk, not kept', `${chunked}0\r\n\r\nX`, '', { keepAlive: false }],
    ['bare line feeds throughout, not kept', 'HTTP/1.1 200 OK\nContent-Length: 2\n\nhi', 'hi', { keepAlive: false }],
    [
      'blanks around values',
      `${ok}Content-Length: \t 2 \t\r\nX:\r\n\r\nhi`,
      'hi',
      { headers: { 'content-length': '2', x: '' } },
    ],
    [
      'repeated headers joined',
      `${ok}Via: a\r\nVIA: b\r\nContent-Length: 0\r\n\r\n`,
      '',
      { headers: { via: 'a, b', 'content-length': '0' } },
    ],
    ['names of object members', `${ok}__proto__: x\r\nconstructor: y\r\nContent-Length: 0\r\n\r\n`, '', {}],
    ['Latin-1 in a value', `${ok}X: caf\xe9\r\nContent-Length: 0\r\n\r\n`, '', {}],
  ]

  it.each(rows)('%s', (_, text, body, expected, setting) => {
    expect(feed([latin1(text)], setting)).toMatchObject({ state: 'done', status: 200, body, ...statusless(expected) })
    function statusless(given: Partial<Outcome>): Partial<Outcome> {
      return text.includes('HTTP/1.1 204')
        ? { ...given, status: 204 }
        : text.includes(' 304 ')
          ? { ...given, status: 304 }
          : given
    }
  })

  it('says the same however the bytes are cut', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...rows),
        fc.array(fc.nat(), { maxLength: 20 }),
        fc.boolean(),
        (row, places, direct) => {
          const [, text, , , setting] = row
          const whole = feed([latin1(text)], setting)
          const pieces = feed(cut(latin1(text), places), { ...setting, direct })
          expect(pieces).toEqual(whole)
        },
      ),
      { numRuns: 3000 },
    )
  })

  it.each(rows.map(([name, text, , , setting]) => [name, text, setting] as const))(
    '%s, byte by byte',
    (_, text, setting) => {
      const bytes = latin1(text)
      const places = Array.from(bytes, (__, index) => index)
      expect(feed(cut(bytes, places), setting)).toEqual(feed([bytes], setting))
    },
  )

  it('never takes a shorter answer for a whole one, where the length is known', () => {
    for (const [, text, body, , setting] of rows) {
      if (!/content-length|chunked/i.test(text) || setting?.method === 'HEAD' || body === '') continue
      const last = text.lastIndexOf(text.includes('chunked') ? '\r\n\r\n' : body)
      const complete = text.includes('chunked') ? last + 4 : last + body.length
      for (let end = 0; end < complete; end++) {
        const result = feed([latin1(text.slice(0, end))], setting)
        expect(result, `${JSON.stringify(text)} cut at ${end}`).toMatchObject({ state: 'failed' })
      }
    }
  })
})

describe('responses that are refused', () => {
  const rows: [string, string, RegExp, Setting?][] = [
    ['not HTTP', 'SSH-2.0-OpenSSH_9.2\r\n\r\n', /status line/],
    ['HTTP/2', 'HTTP/2.0 200 OK\r\n\r\n', /status line/],
    ['HTTP/1.2', 'HTTP/1.2 200 OK\r\n\r\n', /status line/],
    ['lower-case http', 'http/1.1 200 OK\r\n\r\n', /status line/],
    ['a leading empty line', `\r\n${ok}\r\n`, /status line/],
    ['a leading space', ` ${ok}\r\n`, /status line/],
    ['two spaces', 'HTTP/1.1  200 OK\r\n\r\n', /status line/],
    ['a status of four digits', 'HTTP/1.1 2000 OK\r\n\r\n', /status line/],
    ['a status of two digits', 'HTTP/1.1 20 OK\r\n\r\n', /status line/],
    ['a status below 100', 'HTTP/1.1 099 OK\r\n\r\n', /status line/],
    ['NUL in the reason', 'HTTP/1.1 200 O\0K\r\n\r\n', /status line/],
    ['a folded header', `${ok}A: b\r\n c\r\n\r\n`, /header line 2/],
    ['a header folded at once', `${ok} A: b\r\n\r\n`, /header line 1/],
    ['a blank before the colon', `${ok}Content-Length : 5\r\n\r\nhello`, /header line 1/],
    ['no colon', `${ok}Content-Length 5\r\n\r\n`, /header line 1/],
    ['no name', `${ok}: x\r\n\r\n`, /header line 1/],
    ['NUL in a value', `${ok}A: b\0c\r\n\r\n`, /control character/],
    ['a bare CR in a value', `${ok}A: b\rContent-Length: 3\r\n\r\nabc`, /control character/],
    ['a bare LF among CRLF', `${ok}A: b\nContent-Length: 3\r\n\r\nabc`, /control character/],
    ['LF LF ending a CRLF head', `${ok}Content-Length: 3\n\nabc`, /end in different ways/],
    ['LF CRLF ending', 'HTTP/1.1 200 OK\nContent-Length: 3\n\r\nabc', /end in different ways/],
    ['DEL in a name', `${ok}A\x7f: b\r\n\r\n`, /header line 1/],
    ['two lengths', `${ok}Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd`, /two different/],
    ['a list of lengths', `${ok}Content-Length: 3,4\r\n\r\nabcd`, /not a number/],
    ['a signed length', `${ok}Content-Length: +3\r\n\r\nabc`, /not a number/],
    ['a negative length', `${ok}Content-Length: -3\r\n\r\nabc`, /not a number/],
    ['a hexadecimal length', `${ok}Content-Length: 0x3\r\n\r\nabc`, /not a number/],
    ['an empty length', `${ok}Content-Length:\r\n\r\nabc`, /not a number/],
    ['a length past all numbers', `${ok}Content-Length: 99999999999999999999\r\n\r\n`, /not a number/],
    ['a length past the limit', `${ok}Content-Length: 1001\r\n\r\n`, /declares 1001 bytes, the limit is 1000/],
    ['length and chunks', `${chunked.slice(0, -2)}Content-Length: 3\r\n\r\n0\r\n\r\n`, /both/],
    ['gzip, chunked', `${ok}Transfer-Encoding: gzip, chunked\r\n\r\n`, /not "chunked"/],
    ['chunked twice', `${ok}Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n`, /not "chunked"/],
    ['identity', `${ok}Transfer-Encoding: identity\r\n\r\n`, /not "chunked"/],
    ['a disguised coding', `${ok}Transfer-Encoding: \x0bchunked\r\n\r\n`, /control character/],
    ['an empty coding', `${ok}Transfer-Encoding:\r\n\r\n`, /not "chunked"/],
    ['chunks in HTTP/1.0', 'HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n', /does not allow/],
    ['chunks after bare line feeds', 'HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n0\r\n\r\n', /does not allow/],
    ['101', 'HTTP/1.1 101 Switching Protocols\r\n\r\n', /protocol nobody asked for/],
    ['interim without end', 'HTTP/1.1 100 Continue\r\n\r\n'.repeat(50), /without end/],
    ['too long a head', `${ok}A: ${'x'.repeat(3000)}\r\n\r\n`, /longer than 2000/],
    ['a head without end', 'x'.repeat(3000), /longer than 2000/, { eof: false }],
    ['too many headers', `${ok}${'A: b\r\n'.repeat(300)}\r\n`, /more than 256/, { headLimit: 9000 }],
    ['a chunk size in octal clothes', `${chunked}0x5\r\nhello\r\n0\r\n\r\n`, /hexadecimal/],
    ['a signed chunk size', `${chunked}+5\r\nhello\r\n0\r\n\r\n`, /missing/],
    ['a blank before a chunk size', `${chunked} 5\r\nhello\r\n0\r\n\r\n`, /missing/],
    ['no chunk size', `${chunked}\r\nhello\r\n0\r\n\r\n`, /missing/],
    ['only an extension', `${chunked};x\r\nhello\r\n0\r\n\r\n`, /missing/],
    ['a chunk size of nine digits', `${chunked}100000000\r\n`, /too many digits/],
    ['a chunk size ended by LF', `${chunked}5\nhello\r\n0\r\n\r\n`, /hexadecimal/],
    ['a chunk size ended by CR X', `${chunked}5\rXhello\r\n0\r\n\r\n`, /end its line/],
    ['a chunk longer than its size', `${chunked}4\r\nhello\r\n0\r\n\r\n`, /longer than its size/],
    ['a chunk ended by LF', `${chunked}5\r\nhello\n0\r\n\r\n`, /longer than its size/],
    ['a chunk ended by CR X', `${chunked}5\r\nhello\rX0\r\n\r\n`, /longer than its size/],
    ['a bare LF in an extension', `${chunked}5;a\nb\r\nhello\r\n0\r\n\r\n`, /control character/],
    ['an extension without end', `${chunked}5;${'a'.repeat(2000)}\r\nhello\r\n0\r\n\r\n`, /extension is too long/],
    ['trailers without end', `${chunked}0\r\n${'A: b\r\n'.repeat(2000)}\r\n`, /trailers are too long/],
    ['a bare LF in a trailer', `${chunked}0\r\nA: b\nC: d\r\n\r\n`, /control character/],
    ['a last chunk ended by CR X', `${chunked}0\r\n\rX`, /end its line/],
    ['a cut length', `${ok}Content-Length: 5\r\n\r\nhell`, /middle of the body/],
    ['cut chunks', `${chunked}5\r\nhello\r\n`, /middle of the body/],
    ['a cut head', `${ok}Content-Le`, /middle of the headers/],
    ['nothing', '', /without an answer/],
  ]

  it.each(rows)('%s', (_, text, reason, setting) => {
    expect(feed([latin1(text)], setting)).toEqual({ state: 'failed', reason: expect.stringMatching(reason) as string })
  })

  it.each(rows)('%s, byte by byte', (_, text, reason, setting) => {
    const bytes = latin1(text)
    const places = Array.from(bytes, (__, index) => index)
    expect(feed(cut(bytes, places), setting)).toEqual({
      state: 'failed',
      reason: expect.stringMatching(reason) as string,
    })
  })
})

describe('bounds', () => {
  it('stops collecting chunks at the limit', () => {
    const endless = `${chunked}${'64\r\n' + 'x'.repeat(100) + '\r\n'}`.concat(
      ('64\r\n' + 'x'.repeat(100) + '\r\n').repeat(20),
    )
    expect(feed([latin1(endless)], { bodyLimit: 150 })).toMatchObject({
      state: 'done',
      body: 'x'.repeat(150),
      keepAlive: false,
    })
  })

  it('takes a byte-by-byte head of the full size in reasonable time', () => {
    const head = latin1(`${ok}${'A: b\r\n'.repeat(200)}X: ${'x'.repeat(60_000)}\r\n`)
    const started = performance.now()
    feed(
      cut(
        head,
        Array.from(head, (_, index) => index),
      ),
      { headLimit: 65_536 },
    )
    expect(performance.now() - started).toBeLessThan(1500)
  })

  it('ends in a known state on any bytes, mutations of good responses included', () => {
    const seeds = [
      `${ok}Content-Length: 5\r\n\r\nhello`,
      `${chunked}5\r\nhello\r\na;b=c\r\n0123456789\r\n0\r\nA: b\r\n\r\n`,
      `HTTP/1.1 100 Continue\r\n\r\n${ok}Connection: keep-alive\r\nKeep-Alive: timeout=5\r\n\r\nuntil the end`,
    ].map(latin1)
    const pieces = [
      ...['\r', '\n', '\r\n', '\r\n\r\n', '\0', ' ', ':', ';', '0', 'ffffffff', 'Transfer-Encoding: chunked\r\n'],
    ].map(latin1)
    const mutated = fc
      .tuple(
        fc.constantFrom(...seeds),
        fc.array(
          fc.tuple(
            fc.constantFrom('set', 'cut', 'insert', 'repeat'),
            fc.nat(),
            fc.nat(255),
            fc.constantFrom(...pieces),
          ),
          {
            minLength: 1,
            maxLength: 6,
          },
        ),
      )
      .map(([seed, edits]) => {
        let bytes = seed
        for (const [edit, place, value, piece] of edits) {
          const at = place % (bytes.length + 1)
          const [before, after] = [bytes.subarray(0, at), bytes.subarray(at)]
          if (edit === 'set') bytes = Buffer.concat([before, Buffer.of(value), after.subarray(1)])
          else if (edit === 'cut') bytes = Buffer.concat([before, after.subarray(value % 9)])
          else if (edit === 'insert') bytes = Buffer.concat([before, piece, after])
          else bytes = Buffer.concat([before, before.subarray(-(value % 20)), after])
        }
        return bytes
      })
    fc.assert(
      fc.property(
        fc.oneof({ weight: 9, arbitrary: mutated }, fc.uint8Array({ maxLength: 200 })),
        fc.array(fc.nat(), { maxLength: 8 }),
        (bytes, places) => {
          const whole = feed([bytes])
          expect(['done', 'failed']).toContain(whole.state)
          expect(whole.state === 'failed' ? whole.reason : whole.status).toBeDefined()
          expect((whole.body ?? '').length).toBeLessThanOrEqual(1000)
          expect(feed(cut(bytes, places), { direct: true })).toEqual(whole)
        },
      ),
      { numRuns: 6000 },
    )
  })
})
