// Who may use browser mode: who was shown the address that was printed. Its token stays with the installation; the browser
// trades it for a cookie that no script reads and no other site sends.
import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { mkdir, readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { writeFileAtomically } from '../project/atomic-write.ts'

const cookieName = 'weir_session'
/** 32 random bytes in base64url. */
const tokenShape = /^[A-Za-z0-9_-]{43}$/

/** The token kept in a file only this user may read; made when there is none. */
export async function installationToken(path: string): Promise<string> {
  const kept = (await readFile(path, 'utf8').catch(() => '')).trim()
  if (tokenShape.test(kept)) return kept
  const token = randomBytes(32).toString('base64url')
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  await writeFileAtomically(path, Buffer.from(`${token}\n`), { mode: 0o600 })
  return token
}

export class Access {
  private readonly token: string
  private readonly session: string

  constructor(token: string) {
    this.token = token
    // Not the token itself: whoever reads the cookie can use this installation's pages, and not print its address.
    this.session = createHmac('sha256', token).update('browser session').digest('base64url')
  }

  opensWith(token: string): boolean {
    return same(token, this.token)
  }

  /** The `Set-Cookie` value that lets a browser in until it is closed. */
  get cookie(): string {
    return `${cookieName}=${this.session}; Path=/; HttpOnly; SameSite=Strict`
  }

  /** Whether a request carries the cookie. */
  lets(cookieHeader: string | undefined): boolean {
    const found = (cookieHeader ?? '')
      .split(';')
      .map((pair) => pair.trim())
      .filter((pair) => pair.startsWith(`${cookieName}=`))
    return found.length === 1 && same(found[0].slice(cookieName.length + 1), this.session)
  }
}

/** Compares in a time that tells nothing of where texts differ. */
function same(given: string, wanted: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(wanted))
}
