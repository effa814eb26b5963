// Link-local addresses are where clouds serve credentials to whoever asks from inside. Nothing but the configuration
// may send a request there: no redirect does.
import dns from 'node:dns'
import net from 'node:net'
import type { LookupFunction } from 'node:net'

const ranges = new net.BlockList()
ranges.addSubnet('169.254.0.0', 16, 'ipv4')
ranges.addSubnet('fe80::', 10, 'ipv6')
ranges.addAddress('fd00:ec2::254', 'ipv6')
ranges.addAddress('100.100.100.200', 'ipv4')

/** Whether an address literal is link-local or a known metadata service, IPv4 in IPv6 clothes included. */
export function isLinkLocal(address: string): boolean {
  const bare = address.replace(/^\[|\]$/g, '')
  const family = net.isIP(bare)
  if (family === 0) return false
  return ranges.check(bare, family === 4 ? 'ipv4' : 'ipv6')
}

/** Name resolution that hands out no link-local address; the connection is made to the very address that was checked. */
export const guardedLookup: LookupFunction = (host, options, callback) => {
  dns.lookup(host, { ...options, all: true }, (error, addresses) => {
    if (error !== null) {
      callback(error, [])
      return
    }
    const allowed = addresses.filter((one) => !isLinkLocal(one.address))
    if (allowed.length === 0) {
      callback(Object.assign(new Error('only link-local addresses'), { code: 'EHOSTUNREACH' }), [])
    } else if (options.all === true) {
      callback(null, allowed)
    } else {
      callback(null, allowed[0].address, allowed[0].family)
    }
  })
}
