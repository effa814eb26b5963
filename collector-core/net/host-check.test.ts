import { describe, expect, it } from 'vitest'
import { checkHost, checkOrigin, loopbackHosts, openHosts, ownOrigins } from './host-check.ts'

const port = 12345
const policy = loopbackHosts(port)

describe('checkHost', () => {
  it.each([`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`])('lets in %s', (host) => {
    expect(checkHost(['Host', host], '/', policy)).toEqual({ allowed: true })
    expect(checkHost(['Accept', '*/*', 'hOsT', host], '/metrics?x', policy)).toEqual({ allowed: true })
  })

  it.each<[string, readonly string[], string?]>([
    ['a foreign name', ['Host', 'evil.test']],
    ['a foreign name on our port', ['Host', `evil.test:${port}`]],
    ['a name that ends in ours', ['Host', `evil.localhost:${port}`]],
    ['a name that begins with ours', ['Host', `localhost.evil.test:${port}`]],
    ['a name that begins with our address', ['Host', `127.0.0.1.evil.test:${port}`]],
    ['a trailing dot', ['Host', `localhost.:${port}`]],
    ['a trailing dot on the address', ['Host', `127.0.0.1.:${port}`]],
    ['upper case', ['Host', `LOCALHOST:${port}`]],
    ['mixed case', ['Host', `LocalHost:${port}`]],
    ['a short address', ['Host', `127.1:${port}`]],
    ['a decimal address', ['Host', `2130706433:${port}`]],
    ['a hexadecimal address', ['Host', `0x7f000001:${port}`]],
    ['an octal address', ['Host', `0177.0.0.1:${port}`]],
    ['another loopback address', ['Host', `127.0.0.2:${port}`]],
    ['the any address', ['Host', `0.0.0.0:${port}`]],
    ['the short any address', ['Host', `0:${port}`]],
    ['the IPv6 any address', ['Host', `[::]:${port}`]],
    ['IPv4 in IPv6 clothes', ['Host', `[::ffff:127.0.0.1]:${port}`]],
    ['a long form of ::1', ['Host', `[0:0:0:0:0:0:0:1]:${port}`]],
    ['::1 without brackets', ['Host', `::1:${port}`]],
    ['::1 with a zone', ['Host', `[::1%lo]:${port}`]],
    ['a LAN address', ['Host', `192.168.1.5:${port}`]],
    ['host.docker.internal', ['Host', `host.docker.internal:${port}`]],
    ['our user part', ['Host', `localhost:${port}@evil.test`]],
    ['a foreign user part', ['Host', `evil.test@localhost:${port}`]],
    ['no port', ['Host', 'localhost']],
    ['an empty port', ['Host', 'localhost:']],
    ['a wrong port', ['Host', `localhost:${port + 1}`]],
    ['a longer port', ['Host', `localhost:${port}0`]],
    ['a padded port', ['Host', `localhost:0${port}`]],
    ['no host header', ['Accept', '*/*']],
    ['no headers', []],
    ['an empty host', ['Host', '']],
    ['only a port', ['Host', `:${port}`]],
    ['two hosts, ours first', ['Host', `localhost:${port}`, 'Host', 'evil.test']],
    ['two hosts, ours last', ['Host', 'evil.test', 'host', `localhost:${port}`]],
    ['the same host twice', ['Host', `localhost:${port}`, 'HOST', `localhost:${port}`]],
    ['a list', ['Host', `localhost:${port}, evil.test`]],
    ['a tab inside', ['Host', `localhost\t:${port}`]],
    ['a tab before', ['Host', `\tlocalhost:${port}`]],
    ['a space after', ['Host', `localhost:${port} `]],
    ['a URL as host', ['Host', `http://localhost:${port}`]],
    ['a path in the host', ['Host', `localhost:${port}/`]],
    ['a full-width dot', ['Host', `127。0。0。1:${port}`]],
    ['an absolute target', ['Host', `localhost:${port}`], `http://localhost:${port}/`],
    ['an absolute foreign target', ['Host', `localhost:${port}`], 'http://evil.test/'],
    ['a CONNECT target', ['Host', `localhost:${port}`], 'evil.test:443'],
    ['a scheme-relative target', ['Host', `localhost:${port}`], '//evil.test/'],
    ['an empty target', ['Host', `localhost:${port}`], ''],
    ['a forwarded host', ['Host', `localhost:${port}`, 'X-Forwarded-Host', 'evil.test']],
    ['a forwarded header', ['Host', `localhost:${port}`, 'Forwarded', 'host=evil.test']],
  ])('refuses %s', (_, headers, target = '/') => {
    const verdict = checkHost(headers, target, policy)
    expect(verdict).toMatchObject({ allowed: false })
    expect([400, 421]).toContain((verdict as { status: number }).status)
  })

  it('takes the port as given on port 80 alone', () => {
    expect(checkHost(['Host', 'localhost'], '/', loopbackHosts(80))).toEqual({ allowed: true })
    expect(checkHost(['Host', 'localhost:80'], '/', loopbackHosts(80))).toEqual({ allowed: true })
  })

  it('lets containers in by the name they use, where that is wanted', () => {
    const named = loopbackHosts(4318, ['host.docker.internal'])
    expect(checkHost(['Host', 'host.docker.internal:4318'], '/v1/traces', named)).toEqual({ allowed: true })
  })

  it.each<[string, boolean]>([
    ['192.168.1.5:4318', true],
    ['[fe80::1]:4318', true],
    ['localhost:4318', true],
    ['collector:4318', true],
    ['evil.test:4318', false],
    ['192.168.1.5', false],
    ['192.168.1.5:80', false],
    ['192.168.1:4318', false],
    ['fe80::1:4318', false],
    ['[192.168.1.5]:4318', false],
  ])('an open server and %s: %s', (host, expected) => {
    expect(checkHost(['Host', host], '/', openHosts(4318, ['collector'])).allowed).toBe(expected)
  })
})

describe('checkOrigin', () => {
  const own = ownOrigins(policy)

  it.each<[string, readonly string[]]>([
    ['no browser at all', ['Host', 'x']],
    ['our own page', ['Origin', `http://localhost:${port}`, 'Sec-Fetch-Site', 'same-origin']],
    ['our own page by address', ['Origin', `http://127.0.0.1:${port}`]],
    ['an address typed by the user', ['Sec-Fetch-Site', 'none']],
    ['a GET of our own page', ['Sec-Fetch-Site', 'same-origin', 'Sec-Fetch-Mode', 'cors']],
  ])('lets in %s', (_, headers) => expect(checkOrigin(headers, own)).toEqual({ allowed: true }))

  it.each<[string, readonly string[]]>([
    ['a foreign page', ['Origin', 'https://evil.test']],
    ['a foreign page on our host', ['Origin', 'http://localhost:3000']],
    ['our host by https', ['Origin', `https://localhost:${port}`]],
    ['a sandboxed page', ['Origin', 'null']],
    ['an empty origin', ['Origin', '']],
    ['an extension', ['Origin', 'chrome-extension://abc']],
    ['a file', ['Origin', 'file://']],
    ['our origin with a path', ['Origin', `http://localhost:${port}/`]],
    ['our origin in upper case', ['Origin', `HTTP://LOCALHOST:${port}`]],
    ['two origins', ['Origin', `http://localhost:${port}`, 'Origin', 'https://evil.test']],
    ['the same origin twice', ['Origin', `http://localhost:${port}`, 'origin', `http://localhost:${port}`]],
    ['a cross-site GET', ['Sec-Fetch-Site', 'cross-site']],
    ['a cross-site image', ['Sec-Fetch-Site', 'cross-site', 'Sec-Fetch-Mode', 'no-cors', 'Sec-Fetch-Dest', 'image']],
    ['a link on a foreign page', ['Sec-Fetch-Site', 'cross-site', 'Sec-Fetch-Mode', 'navigate']],
    ['another port of our host', ['Sec-Fetch-Site', 'same-site']],
    ['a value from the future', ['Sec-Fetch-Site', 'near-site']],
    ['two sites', ['Sec-Fetch-Site', 'same-origin', 'sec-fetch-site', 'cross-site']],
  ])('refuses %s', (_, headers) => expect(checkOrigin(headers, own)).toMatchObject({ allowed: false, status: 403 }))

  it('lets in a page that was configured, and never "null"', () => {
    const listed = new Set(['https://app.test', 'null'])
    expect(checkOrigin(['Origin', 'https://app.test', 'Sec-Fetch-Site', 'cross-site'], listed).allowed).toBe(true)
    expect(checkOrigin(['Origin', 'null'], listed).allowed).toBe(false)
  })
})
