import type { Revealable } from '../net/revealable.ts'
import type { Destination } from './endpoint-identity.ts'

const tenantHeader = 'x-scope-orgid'

/** Where an endpoint over HTTP sends to and as whom. */
export function httpDestination(endpoint: {
  readonly name?: string | undefined
  readonly url: string
  readonly headers: ReadonlyMap<string, string>
  readonly basic_auth?: { readonly username?: string | undefined } | undefined
}): Destination {
  const { name, url, headers, basic_auth: basic } = endpoint
  const tenant = [...headers].find(([header]) => header.toLowerCase() === tenantHeader)?.[1]
  return { ...(name !== undefined && { name }), address: url, account: [basic?.username ?? '', tenant ?? ''] }
}

/** Where an OTLP exporter sends to and as whom. */
export function otlpDestination(address: string, headers: ReadonlyMap<string, Revealable>): Destination {
  const tenant = [...headers].find(([header]) => header.toLowerCase() === tenantHeader)?.[1]
  return { address, account: [tenant?.reveal() ?? ''] }
}
