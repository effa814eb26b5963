import type { TransportFailure } from '../net/failure.ts'
import { engineFailure } from './engine.ts'
import type { EngineFailure } from './engine.ts'

const start = 'Start Docker (Docker Desktop, or `systemctl start docker`), or correct `host`.'

/** What a thrown connection or API error means, in plain words. `host` names the engine, `doing` what was asked. */
export function explainThrown(error: unknown, host: string, doing: string): EngineFailure {
  const { code, statusCode, json, message } = error as {
    code?: unknown
    statusCode?: unknown
    json?: { message?: unknown } | null
    message?: unknown
  }
  if (typeof statusCode === 'number') {
    const said = typeof json?.message === 'string' ? json.message : typeof message === 'string' ? message : ''
    return explainStatus(statusCode, said, host, doing)
  }
  return explainCode(typeof code === 'string' ? code : '', typeof message === 'string' ? message : '', host, doing)
}

/** What an answer other than success means. */
export function explainStatus(status: number, said: string, host: string, doing: string): EngineFailure {
  const detail = said.trim().slice(0, 500)
  const message = `Docker at ${host} answered ${status} while ${doing}${detail === '' ? '' : `: ${detail}`}`
  if (status === 404)
    return engineFailure('not_found', message, 'Nothing to do when the container was removed on purpose.')
  if (status === 501 || /does not support reading/.test(detail)) {
    return engineFailure(
      'unsupported',
      message,
      'Its log driver cannot be read: run the container with the json-file, local or journald log driver.',
    )
  }
  if (status === 401 || status === 403) {
    return engineFailure('denied', message, 'Give credentials the proxy in front of the engine accepts.')
  }
  return engineFailure('rejected', message, 'It is tried again; if it lasts, look into the log of the Docker engine.')
}

/** What a failed connection of the log stream means. */
export function explainTransport(failure: TransportFailure, host: string, doing: string): EngineFailure {
  switch (failure.code) {
    case 'no_socket':
      return explainCode('ENOENT', '', host, doing)
    case 'no_permission':
      return explainCode('EACCES', '', host, doing)
    case 'refused':
      return explainCode('ECONNREFUSED', '', host, doing)
    case 'timeout':
      return explainCode('ETIMEDOUT', '', host, doing)
    case 'aborted':
      return explainCode('ABORT_ERR', '', host, doing)
    default:
      return engineFailure('unreachable', failure.message, failure.nextStep)
  }
}

function explainCode(code: string, detail: string, host: string, doing: string): EngineFailure {
  switch (code) {
    case 'ENOENT':
      return engineFailure('unreachable', `Docker is not running: the socket of ${host} does not exist`, start)
    case 'ECONNREFUSED':
      return engineFailure('unreachable', `Docker is not running: nothing listens at ${host}`, start)
    case 'EACCES':
    case 'EPERM':
      return engineFailure(
        'denied',
        `this user may not use ${host}`,
        'Add the user to the group `docker` and log in again, run Weir as a user that may, or use rootless Docker.',
      )
    case 'ETIMEDOUT':
      return engineFailure(
        'timeout',
        `Docker at ${host} did not answer in time while ${doing}`,
        'It is tried again; if it lasts, the engine hangs: restart it.',
      )
    case 'ABORT_ERR':
      return engineFailure('stopped', `${doing} was stopped`, 'Nothing to do.')
    default:
      return engineFailure(
        'unreachable',
        `the connection to Docker at ${host} failed while ${doing}${code === '' && detail === '' ? '' : ` (${code || detail})`}`,
        start,
      )
  }
}
