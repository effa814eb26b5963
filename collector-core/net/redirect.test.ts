import { describe, expect, it } from 'vitest'
import { isLinkLocal } from './link-local.ts'
import { chooseProxy } from './proxy-choice.ts'
import { nextHop } from './redirect.ts'

describe('nextHop', () => {
  const hop = (method: string, status: number, from: string, location?: string): unknown =>
    nextHop(method, from, { status, headers: new Map(location === undefined ? [] : [['location', location]]) })

  it.each<[string, string, number, string, string | undefined, unknown]>([
    ['GET 301 on the same server', 'GET', 301, 'http://a/x', '/y', { url: 'http://a/y', foreign: false }],
    ['a relative path', 'GET', 302, 'http://a/x/y?z', '../w', { url: 'http://a/w', foreign: false }],
    ['an upgrade to https', 'GET', 301, 'http://a/x', 'https://a/x', { url: 'https://a/x', foreign: false }],
    ['an upgrade on a special port', 'GET', 301, 'http://a:8080/', 'https://a:8443/', { foreign: true }],
    ['another port', 'GET', 302, 'http://a:1/', 'http://a:2/', { foreign: true }],
    ['another host', 'GET', 302, 'http://a/', 'http://b/', { foreign: true }],
    ['a subdomain', 'GET', 302, 'http://a/', 'http://x.a/', { foreign: true }],
    ['a scheme-relative host', 'GET', 302, 'http://a/', '//b/', { url: 'http://b/', foreign: true }],
    ['user and password, not taken over', 'GET', 302, 'http://a/', 'http://u:p@a/z#f', { url: 'http://a/z' }],
    ['POST 307', 'POST', 307, 'http://a/', '/b', { url: 'http://a/b' }],
    ['POST 308', 'POST', 308, 'http://a/', '/b', { url: 'http://a/b' }],
    ['POST 301 is left alone', 'POST', 301, 'http://a/', '/b', undefined],
    ['POST 303 is left alone', 'POST', 303, 'http://a/', '/b', undefined],
    ['no location', 'GET', 301, 'http://a/', undefined, undefined],
    ['304', 'GET', 304, 'http://a/', '/b', undefined],
    ['200 with a location', 'GET', 200, 'http://a/', '/b', undefined],
    ['a downgrade', 'GET', 301, 'https://a/', 'http://a/', { kind: 'failure', code: 'redirect' }],
    ['a file', 'GET', 301, 'http://a/', 'file:///etc/passwd', { kind: 'failure' }],
    ['no URL', 'GET', 301, 'http://a/', 'http://[', { kind: 'failure' }],
    ['a metadata service', 'GET', 301, 'http://a/', 'http://169.254.169.254/latest', { kind: 'failure' }],
    ['the same in hexadecimal', 'GET', 301, 'http://a/', 'http://0xa9fea9fe/', { kind: 'failure' }],
    ['the same in IPv6 clothes', 'GET', 301, 'http://a/', 'http://[::ffff:169.254.169.254]/', { kind: 'failure' }],
    ['link-local IPv6', 'GET', 301, 'http://a/', 'http://[fe80::1]/', { kind: 'failure' }],
    ['within a configured link-local server', 'GET', 301, 'http://169.254.1.1/', '/x', { url: 'http://169.254.1.1/x' }],
  ])('%s', (_, method, status, from, location, expected) => {
    const result = hop(method, status, from, location)
    if (expected === undefined) expect(result).toBeUndefined()
    else expect(result).toMatchObject(expected as object)
  })
})

describe('isLinkLocal', () => {
  it.each(['169.254.0.1', '[fe80::1]', 'febf::1', 'fd00:ec2::254', '::ffff:169.254.169.254', '100.100.100.200'])(
    '%s is',
    (address) => expect(isLinkLocal(address)).toBe(true),
  )
  it.each(['169.253.0.1', '10.0.0.1', '::1', 'fec0::1', 'fd00:ec2::255', 'example.org', ''])('%s is not', (address) =>
    expect(isLinkLocal(address)).toBe(false),
  )
})

describe('chooseProxy', () => {
  const environment = {
    HTTP_PROXY: 'http://p:1',
    https_proxy: 'q:2',
    NO_PROXY: 'skip.org, .dot.org, 10.0.0.0/8, *.star.org, port.org:81',
  }
  const choose = (url: string, settings: Parameters<typeof chooseProxy>[1]): string | undefined =>
    chooseProxy(new URL(url), settings, environment)

  it.each<[string, string | undefined]>([
    ['http://a.org/', 'http://p:1'],
    ['https://a.org/', 'http://q:2'],
    ['http://skip.org/', undefined],
    ['http://sub.skip.org/', undefined],
    ['http://SKIP.org./', undefined],
    ['http://noskip.org/', 'http://p:1'],
    ['http://dot.org/', 'http://p:1'],
    ['http://a.dot.org/', undefined],
    ['http://a.star.org/', undefined],
    ['http://port.org:81/', undefined],
    ['http://port.org/', 'http://p:1'],
    ['http://10.1.2.3/', undefined],
    ['http://11.1.2.3/', 'http://p:1'],
    ['http://[fd00::1]/', 'http://p:1'],
    ['http://localhost:9090/', undefined],
    ['http://127.0.0.5/', undefined],
    ['http://[::1]/', undefined],
  ])('from the environment, %s goes through %s', (url, proxy) => {
    expect(choose(url, { proxy_from_environment: true })).toBe(proxy)
  })

  it('uses proxy_url for everything but no_proxy, and nothing unless asked', () => {
    expect(choose('http://localhost/', { proxy_url: 'http://own:3' })).toBe('http://own:3')
    expect(choose('http://a.org/', { proxy_url: 'http://own:3', no_proxy: 'a.org' })).toBeUndefined()
    expect(choose('http://b.org/', { proxy_url: 'http://own:3', no_proxy: 'a.org' })).toBe('http://own:3')
    expect(choose('http://b.org/', { proxy_url: 'http://own:3', no_proxy: '*' })).toBeUndefined()
    expect(choose('http://b.org/', {})).toBeUndefined()
  })
})
