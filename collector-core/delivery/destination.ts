import type { Revealable } from '../net/revealable.ts'
import type { Destination } from './endpoint-identity.ts'

const tenantHeader = 'x-scope-orgid'

/** Where an endpoint over HTTP sends to and as whom. */
export function httpDestination(endpoint: {
  readonly name?: string | undefined
  readonly url: string
  readonly headers: ReadonlyMap<string, Revealable>
  readonly basic_auth?: { readonly username?: string | undefined } | undefined
}): Destination {
  const { name, url, headers, basic_auth: basic } = endpoint
  const account = [basic?.username ?? '', tenantIn(headers)]
  return { ...(name !== undefined && { name }), address: url, account }
}

/** Where an OTLP exporter sends to and as whom. */
export function otlpDestination(address: string, headers: ReadonlyMap<string, Revealable>): Destination {
  return { address, account: [tenantIn(headers)] }
}

function tenantIn(headers: ReadonlyMap<string, Revealable>): string {
  const tenant = [...headers].find(([name]) => name.toLowerCase() === tenantHeader)?.[1]
  return tenant?.reveal() ?? ''
}
