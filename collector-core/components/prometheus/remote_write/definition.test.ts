import { describe, expect, test } from 'vitest'
import { argumentsFrom } from '../../../testing/arguments-from.ts'
import { definition } from './definition.ts'

const endpointTo = (host: string): string =>
  `endpoint {\n url = "http://${host}:9009/api/v1/push"\n name = "${host}"\n}\n`

describe('the check', () => {
  const problemsOf = (config: string) =>
    definition.check?.(argumentsFrom(definition, config)).map(({ path, message }) => `${path.join('.')}: ${message}`)

  test('accepts what is right', () => {
    expect(problemsOf(endpointTo('mimir') + endpointTo('other'))).toEqual([])
    expect(problemsOf('')).toEqual([])
  })

  test.each([
    [endpointTo('a') + endpointTo('a'), 'endpoint.1: this endpoint is the same'],
    [endpointTo('a') + endpointTo('b').replace('name = "b"', 'name = "a"'), 'endpoint.1.name: another endpoint'],
    ['endpoint { url = "mimir:9009" }', 'endpoint.0.url: "mimir:9009" is not an http or https URL'],
    [
      'endpoint {\n url = "http://a"\n bearer_token = "x"\n basic_auth { username = "y" }\n}',
      'endpoint.0.bearer_token: at most one of',
    ],
    [
      'endpoint {\n url = "http://a"\n write_relabel_config { action = "hashmod" }\n}',
      'endpoint.0.write_relabel_config.0.modulus: hashmod needs a modulus',
    ],
    ['external_labels = { "a.b" = "c" }', 'external_labels: "a.b" is not a label name'],
    [
      'endpoint {\n url = "http://a"\n queue_config { min_backoff = "10s" }\n}',
      'endpoint.0.queue_config.min_backoff: min_backoff is above max_backoff',
    ],
  ])('refuses %j', (config, problem) => {
    expect(problemsOf(config)?.some((found) => found.startsWith(problem))).toBe(true)
  })
})
