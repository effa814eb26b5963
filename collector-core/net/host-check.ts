// Who may talk to a server on this machine. A page of any web site can make the browser send requests here, and by DNS
// rebinding can even read the answers; what it cannot do is choose the Host and Origin headers. Pure functions over what
// `node:http` gives as `rawHeaders`, so that a second header of the same name does not hide.
import { isIP } from 'node:net'

/** Whether a request is let in; refusals are to be answered with the status and an empty body. */
export type Verdict =
  { readonly allowed: true } | { readonly allowed: false; readonly status: 400 | 403 | 421; readonly reason: string }

export interface HostPolicy {
  /** The exact `Host` values that are accepted. */
  readonly hosts: ReadonlySet<string>
  /** Accept any address literal on this port besides: for servers on purpose open to other machines. Names are what rebinding needs. */
  readonly anyAddressOnPort?: number
}

/** The policy of a server on loopback; `names` are further host names to accept, without port. */
export function loopbackHosts(port: number, names: readonly string[] = []): HostPolicy {
  const hosts = new Set<string>()
  for (const name of ['127.0.0.1', 'localhost', '[::1]', ...names]) {
    hosts.add(`${name}:${port}`)
    if (port === 80) hosts.add(name)
  }
  return { hosts }
}

/** The policy of a server that listens on other machines' behalf as well. */
export function openHosts(port: number, names: readonly string[] = []): HostPolicy {
  return { ...loopbackHosts(port, names), anyAddressOnPort: port }
}

const allowed: Verdict = { allowed: true }

function valuesOf(rawHeaders: readonly string[], name: string): string[] {
  const values: string[] = []
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    if (rawHeaders[index].toLowerCase() === name) values.push(rawHeaders[index + 1])
  }
  return values
}

/**
 * Accepts a request whose single `Host` is exactly one of those allowed, whose target is a path, and which nobody
 * forwarded on behalf of another host. `target` is the request target as sent.
 */
export function checkHost(rawHeaders: readonly string[], target: string, policy: HostPolicy): Verdict {
  const hosts = valuesOf(rawHeaders, 'host')
  if (hosts.length !== 1) return { allowed: false, status: 400, reason: 'a request needs exactly one Host header' }
  if (!target.startsWith('/') && target !== '*')
    return { allowed: false, status: 421, reason: 'the request names its target as a URL, as for a proxy' }
  if (target.startsWith('//'))
    return { allowed: false, status: 421, reason: 'the request path starts with two slashes' }
  for (const name of ['x-forwarded-host', 'forwarded']) {
    if (valuesOf(rawHeaders, name).length > 0) {
      return { allowed: false, status: 421, reason: `the request was forwarded for another host (${name})` }
    }
  }
  const [host] = hosts
  if (policy.hosts.has(host)) return allowed
  if (policy.anyAddressOnPort !== undefined && isAddressOnPort(host, policy.anyAddressOnPort)) return allowed
  return { allowed: false, status: 421, reason: 'the Host header names a host this server does not answer for' }
}

function isAddressOnPort(host: string, port: number): boolean {
  const suffix = `:${port}`
  const address = host.endsWith(suffix) ? host.slice(0, -suffix.length) : port === 80 ? host : ''
  const bracketed = /^\[(.*)\]$/.exec(address)
  return bracketed === null ? isIP(address) === 4 : isIP(bracketed[1]) === 6
}

/**
 * Refuses what a page of another origin makes a browser send: any `Origin` that is not in `origins`, `null` included,
 * and any `Sec-Fetch-Site` but `same-origin` and `none` (typed by the user).
 */
export function checkOrigin(rawHeaders: readonly string[], origins: ReadonlySet<string>): Verdict {
  const refuse = (reason: string): Verdict => ({ allowed: false, status: 403, reason })
  const given = valuesOf(rawHeaders, 'origin')
  if (given.length > 1) return refuse('the request has more than one Origin header')
  const trusted = given.length === 1 && origins.has(given[0]) && given[0] !== 'null'
  if (given.length === 1 && !trusted) return refuse('the request comes from a page of another origin')
  for (const site of valuesOf(rawHeaders, 'sec-fetch-site')) {
    if (site !== 'same-origin' && site !== 'none' && !trusted)
      return refuse('the request comes from a page of another site')
  }
  return allowed
}

/** The origins a server's own pages have: http on each of the hosts it answers for. */
export function ownOrigins(policy: HostPolicy): ReadonlySet<string> {
  return new Set([...policy.hosts].map((host) => `http://${host}`))
}
