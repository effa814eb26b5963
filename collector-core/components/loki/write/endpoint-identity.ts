import { endpointIdentities, onlyEndpoint } from '../../../delivery/endpoint-identity.ts'
import type { EndpointIdentity } from '../../../delivery/endpoint-identity.ts'
import type { EndpointArguments } from './definition.ts'

/**
 * Identities of the endpoints of one component, in order. A configured name is the identity. An endpoint without one that
 * stands alone keeps its queues when its url changes, so a mistyped url loses nothing; among several the url decides.
 */
export function identitiesOf(endpoints: readonly EndpointArguments[]): readonly EndpointIdentity[] {
  if (endpoints.length === 1 && endpoints[0].name === undefined) return [onlyEndpoint]
  return endpointIdentities(
    endpoints.map(({ name, url, basic_auth: basic }) =>
      name === undefined ? { marks: [url, basic?.username ?? ''] } : { name, marks: ['named', name] },
    ),
  )
}
