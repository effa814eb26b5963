import { createHash } from 'node:crypto'
import { join } from 'node:path'
import type { EnginePlace, SearchedMachine } from './engine-places.ts'

/** The context the `docker` command line would use; `words` says why there is none to be used. */
export type ContextLookup =
  | { readonly kind: 'place'; readonly place: EnginePlace }
  | { readonly kind: 'none' }
  | { readonly kind: 'broken'; readonly source: string; readonly words: string }

/**
 * `DOCKER_CONTEXT`, else `currentContext` of `config.json`, looked up in
 * `contexts/meta/<sha256 of the name>/meta.json`. The name `default` has no file.
 */
export function currentContext({ env, home, read }: SearchedMachine): ContextLookup {
  const folder = env.DOCKER_CONFIG ?? join(home, '.docker')
  const name = env.DOCKER_CONTEXT ?? textOf(json(read(join(folder, 'config.json'))).currentContext)
  if (name === undefined || name === '' || name === 'default') return { kind: 'none' }
  const source = `context ${name}`
  const hash = createHash('sha256').update(name).digest('hex')
  const text = read(join(folder, 'contexts', 'meta', hash, 'meta.json'))
  if (text === undefined) return { kind: 'broken', source, words: `the Docker context "${name}" does not exist` }
  const endpoint = json(json(json(text).Endpoints).docker)
  const host = textOf(endpoint.Host)
  if (host === undefined) return { kind: 'broken', source, words: `the Docker context "${name}" names no host` }
  const certificates = join(folder, 'contexts', 'tls', hash, 'docker')
  return {
    kind: 'place',
    place: { host, source, certificates, ...(endpoint.SkipTLSVerify === true && { skipVerify: true }) },
  }
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

function json(value: unknown): Readonly<Record<string, unknown>> {
  let parsed = value
  if (typeof value === 'string') {
    try {
      parsed = JSON.parse(value)
    } catch {
      return {}
    }
  }
  return typeof parsed === 'object' && parsed !== null ? (parsed as Record<string, unknown>) : {}
}
