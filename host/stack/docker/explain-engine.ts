// What engines answer when something is wrong, in words that say what to do: the failure table of docs/stack.md.
import { WeirError } from '../../../collector-core/weir-error.ts'

/** What was asked for when it failed; names what the engine's own text may leave out. */
export interface Asked {
  readonly doing: string
  readonly image?: string
}

interface Row {
  readonly code: string
  readonly pattern: RegExp
  readonly message: (said: string, asked: Asked) => string
  readonly nextStep: string
}

const portIn = (said: string): string =>
  /(?:127\.0\.0\.1|0\.0\.0\.0|\[::1?\]):(\d{1,5})/.exec(said)?.[1] ??
  /port[^0-9]{0,40}(\d{2,5})/i.exec(said)?.[1] ??
  '?'
const imageOf = (asked: Asked): string => asked.image ?? 'the image'

/** In order: the first that matches wins. */
const rows: readonly Row[] = [
  {
    code: 'port-taken',
    pattern:
      /already allocated|address already in use|Ports are not available|failed to bind host port|forbidden by its access/i,
    message: (said) => `port ${portIn(said)} is taken`,
    nextStep: 'Run `weir stack up` with another port for that backend, or stop what uses it.',
  },
  {
    code: 'no-space',
    pattern: /no space left on device/i,
    message: (_, { doing }) => `the disk of the Docker engine is full (while ${doing})`,
    nextStep: 'Free space with `docker system prune`, or reset a backend with `weir stack reset`.',
  },
  {
    code: 'wrong-architecture',
    pattern: /no matching manifest|does not match the specified platform|exec format error/i,
    message: (_, asked) => `${imageOf(asked)} does not exist for this machine's architecture`,
    nextStep: 'Unset DOCKER_DEFAULT_PLATFORM; every image of the stack exists for amd64 and arm64.',
  },
  {
    code: 'rate-limited',
    pattern: /toomanyrequests|pull rate limit/i,
    message: (_, asked) => `the registry refuses more pulls for now (${imageOf(asked)})`,
    nextStep: 'Log in with `docker login`, set a mirror as registry, or try again later.',
  },
  {
    code: 'pull-denied',
    pattern: /pull access denied|may require 'docker login'|unauthorized|denied: requested access/i,
    message: (_, asked) => `the registry does not give out ${imageOf(asked)}`,
    nextStep: 'Log in with `docker login`, or set a registry that has it.',
  },
  {
    code: 'no-such-image-tag',
    pattern: /manifest for .* not found|manifest unknown|name unknown/i,
    message: (_, asked) => `${imageOf(asked)} does not exist in the registry`,
    nextStep: 'Set a registry that has it, or import it with `weir stack import FILE.tar`.',
  },
  {
    code: 'no-such-image',
    pattern: /no such image/i,
    message: (_, asked) => `${imageOf(asked)} is not on this machine`,
    nextStep: 'Pull it with `weir stack up`, or import it with `weir stack import FILE.tar`.',
  },
  {
    code: 'offline',
    pattern:
      /no such host|server misbehaving|temporary failure in name resolution|dial tcp|TLS handshake timeout|i\/o timeout|Client\.Timeout|network is unreachable/i,
    message: (_, asked) => `no connection to the registry of ${imageOf(asked)}`,
    nextStep: 'Check the network, set a mirror as registry, or import images with `weir stack import FILE.tar`.',
  },
  {
    code: 'engine-version',
    pattern: /client version .* (too old|too new)/i,
    message: (said) => `the Docker engine speaks another version of its API: ${said}`,
    nextStep: 'Update Docker, or set DOCKER_MIN_API_VERSION=1.24 for its daemon.',
  },
  {
    code: 'volume-in-use',
    pattern: /volume is in use/i,
    message: (said) => `a volume of the stack is used by a container that is not Weir's: ${said}`,
    nextStep: 'Remove that container, then try again.',
  },
]

/** A thrown dockerode error or an error line of a stream as a `WeirError`; `host` names the engine. */
export function explainEngine(error: unknown, host: string, asked: Asked): WeirError {
  if (error instanceof WeirError) return error
  const { code, statusCode, json, message } = error as {
    code?: unknown
    statusCode?: unknown
    json?: { message?: unknown } | null
    message?: unknown
  }
  const said = (
    typeof json?.message === 'string' ? json.message : typeof message === 'string' ? message : String(error)
  ).slice(0, 500)
  const cause = { cause: error }
  if (typeof statusCode !== 'number' && typeof code === 'string') {
    const unreachable = explainConnection(code, host, asked, cause)
    if (unreachable !== undefined) return unreachable
  }
  const row = rows.find(({ pattern }) => pattern.test(said))
  if (row !== undefined) return new WeirError(row.code, row.message(said, asked), row.nextStep, cause)
  if (statusCode === 404) return new WeirError('gone', `Docker does not know it: ${said}`, 'Start again.', cause)
  if (statusCode === 409) {
    return new WeirError(
      'conflict',
      `Docker refuses ${asked.doing}: ${said}`,
      'Rename or remove what is in the way.',
      cause,
    )
  }
  return new WeirError(
    'engine-refused',
    `Docker at ${host} failed while ${asked.doing}: ${said}`,
    'Look into the log of the Docker engine; `weir stack status` shows what runs.',
    cause,
  )
}

function explainConnection(code: string, host: string, { doing }: Asked, cause: ErrorOptions): WeirError | undefined {
  switch (code) {
    case 'ENOENT':
    case 'ECONNREFUSED':
      return new WeirError(
        'engine-down',
        code === 'ENOENT' ? `no Docker engine at ${host}` : `nothing answers at ${host}`,
        'Start Docker Desktop (or `systemctl start docker`), or use `--provider embedded`.',
        cause,
      )
    case 'EACCES':
    case 'EPERM':
      return new WeirError(
        'engine-denied',
        `your user may not use ${host}`,
        'Add the user to the group `docker` and log in again, or use rootless Docker.',
        cause,
      )
    case 'ECONNRESET':
    case 'EPIPE':
      return new WeirError(
        'engine-down',
        `the Docker engine at ${host} went away while ${doing}`,
        'Start Docker again.',
        cause,
      )
    case 'ETIMEDOUT':
      return new WeirError(
        'engine-silent',
        `the Docker engine at ${host} did not answer in time while ${doing}`,
        'Restart Docker; if it lasts, look into its log.',
        cause,
      )
    case 'ABORT_ERR':
    case 'ERR_CANCELED':
      return new WeirError('cancelled', `${doing} was cancelled`, 'Nothing to do.', cause)
    default:
      return undefined
  }
}
