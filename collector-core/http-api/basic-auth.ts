import { createHash, timingSafeEqual } from 'node:crypto'
import type { DefinitionArguments } from '../schema/definition.ts'
import type { http } from '../config-blocks/http.ts'

type Auth = NonNullable<DefinitionArguments<typeof http>['auth']>

/** Whether a request may pass: its path needs no credentials, or it brings the right ones. Compares in constant time. */
export function basicAuthAllows({ basic, filter }: Auth, path: string, authorization: string | undefined): boolean {
  if (filter !== undefined) {
    const named = filter.paths.some((prefix) => path.startsWith(prefix))
    if (named !== filter.authenticate_matching_paths) return true
  }
  const given = /^Basic +([A-Za-z0-9+/=]+)$/i.exec(authorization ?? '')?.[1]
  const decoded = Buffer.from(given ?? '', 'base64').toString()
  return sameText(decoded, `${basic.username}:${basic.password.reveal()}`)
}

function sameText(a: string, b: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(a), digest(b))
}
