// Which proxy a request goes through. The rules are those of Go's x/net/http/httpproxy, which Alloy's arguments promise.
import net from 'node:net'

/** Where the proxies are named: by URL, or by the environment. */
export interface ProxySettings {
  readonly proxy_url?: string
  readonly no_proxy?: string
  readonly proxy_from_environment?: boolean
}

/** The proxy for a URL, or undefined for a direct connection; `environment` is looked up by upper- then lower-case name. */
export function chooseProxy(
  url: URL,
  settings: ProxySettings,
  environment: Readonly<Record<string, string | undefined>>,
): string | undefined {
  const named = (name: string): string | undefined =>
    nonEmpty(environment[name]) ?? nonEmpty(environment[name.toLowerCase()])
  const own = nonEmpty(settings.proxy_url)
  let proxy: string | undefined
  let exceptions: string | undefined
  if (own !== undefined) {
    proxy = own
    exceptions = nonEmpty(settings.no_proxy)
    if (exceptions === undefined) return proxy
  } else if (settings.proxy_from_environment === true) {
    proxy = named(url.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY')
    exceptions = named('NO_PROXY')
  }
  if (proxy === undefined) return undefined
  const host = url.hostname
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '')
    .toLowerCase()
  if (host === 'localhost' || isLoopback(host)) return undefined
  const port = url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port
  const excepted = (exceptions ?? '').split(',').some((rule) => matches(rule.trim().toLowerCase(), host, port))
  if (excepted) return undefined
  return proxy.includes('://') ? proxy : `http://${proxy}`
}

const nonEmpty = (text: string | undefined): string | undefined => (text === '' ? undefined : text)

const isLoopback = (host: string): boolean => (net.isIPv4(host) && host.startsWith('127.')) || host === '::1'

/** One entry of a no_proxy list: `*`, an address, a CIDR range, a domain (with its subdomains), or `.domain`; `:port` narrows. */
function matches(rule: string, host: string, port: string): boolean {
  if (rule === '') return false
  if (rule === '*') return true
  const range = /^(.*)\/(\d+)$/.exec(rule)
  if (range !== null) return inRange(host, range[1], Number(range[2]))
  let name = rule
  const withPort = /^(\[.*\]|[^:]*):(\d+)$/.exec(rule)
  if (withPort !== null) {
    if (withPort[2] !== port) return false
    name = withPort[1]
  }
  name = name.replace(/^\[|\]$/g, '')
  if (net.isIP(name) !== 0) return name === host
  if (name.startsWith('*.')) name = name.slice(1)
  return name.startsWith('.') ? host.endsWith(name) : host === name || host.endsWith(`.${name}`)
}

function inRange(host: string, network: string, bits: number): boolean {
  const family = net.isIP(network)
  if (family === 0 || net.isIP(host) !== family || bits > (family === 4 ? 32 : 128)) return false
  const list = new net.BlockList()
  const name = family === 4 ? 'ipv4' : 'ipv6'
  list.addSubnet(network, bits, name)
  return list.check(host, name)
}
