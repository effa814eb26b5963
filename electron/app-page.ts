// The page inside the shell: served under a scheme of its own, so that it has an origin, and no port another program could
// reach. Nothing but the files read at start can be asked for.
import { pageHeaders } from '../collector-core/http-api/page-headers.ts'
import type { StaticFiles } from '../collector-core/http-api/static-files.ts'

export const appScheme = 'app'
export const appUrl = 'app://weir/'

/** Whether a URL is the page's or one of its files'. */
export function isAppUrl(url: string): boolean {
  if (!URL.canParse(url)) return false
  const { protocol, host, username, password } = new URL(url)
  return protocol === `${appScheme}:` && host === 'weir' && username === '' && password === ''
}

/** Answers a request of the page for one of its files. */
export function answerAppRequest({ method, url }: Pick<Request, 'method' | 'url'>, files: StaticFiles): Response {
  const file = isAppUrl(url) && method === 'GET' ? files.get(pathOf(url)) : undefined
  if (file === undefined) return new Response('There is nothing here.\n', { status: 404, headers: { ...pageHeaders } })
  return new Response(Buffer.from(file.body), {
    headers: { ...pageHeaders, 'Content-Type': file.contentType, 'Cache-Control': file.cacheControl },
  })
}

function pathOf(url: string): string {
  try {
    return decodeURIComponent(new URL(url).pathname)
  } catch {
    return ''
  }
}
