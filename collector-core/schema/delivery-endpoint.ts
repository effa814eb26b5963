// What the endpoint blocks of exporters over HTTP have in common.
import { argumentsEqual } from './arguments-equal.ts'
import type { ArgumentProblem } from './definition.ts'
import { checkHttpClient } from './http-client-fields.ts'
import type { HttpClientArguments } from './http-client-fields.ts'

/** Support of arguments that bound how long Alloy keeps what is not delivered. */
export const keptOnDisk = {
  level: 'ignored',
  reason: 'what is not delivered yet stays on disk until it is, however long that takes',
} as const

/** One problem per `endpoint` block that is written twice or has another's name. */
export function checkDistinctEndpoints(
  endpoints: readonly { readonly name?: string | undefined }[],
): ArgumentProblem[] {
  return endpoints.flatMap((endpoint, index): ArgumentProblem[] => {
    const before = endpoints.slice(0, index)
    if (before.some((other) => argumentsEqual(other, endpoint))) {
      const message = 'this endpoint is the same as one before; remove it, or everything would be sent twice'
      return [{ path: ['endpoint', index], message }]
    }
    const { name } = endpoint
    if (name === undefined || before.every((other) => other.name !== name)) return []
    return [{ path: ['endpoint', index, 'name'], message: `another endpoint is named "${name}"` }]
  })
}

/** Whether a url can be sent to. */
export function isHttpUrl(url: string): boolean {
  return /^https?:\/\/[^/]/.test(url)
}

/** Problems of what every endpoint over HTTP takes; `example` is a url as it should look. */
export function checkHttpEndpoint(
  endpoint: HttpClientArguments & { readonly url: string; readonly remote_timeout: number },
  path: readonly (string | number)[],
  example: string,
): ArgumentProblem[] {
  const problems = checkHttpClient(endpoint, path)
  if (!isHttpUrl(endpoint.url)) {
    const message = `"${endpoint.url}" is not an http or https URL; write for example "${example}"`
    problems.push({ path: [...path, 'url'], message })
  }
  if (endpoint.remote_timeout <= 0) {
    problems.push({ path: [...path, 'remote_timeout'], message: 'remote_timeout must be above 0' })
  }
  return problems
}
