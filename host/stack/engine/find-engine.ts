// Looks for a Docker engine where the user said, else where the docker command line would, else at every known socket.
// GUI programs do not inherit a shell's DOCKER_HOST, so the known sockets matter.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import Docker from 'dockerode'
import { chooseApiVersion } from '../../../collector-core/docker/api-version.ts'
import { dockerodeSettings } from '../../../collector-core/docker/dockerode-settings.ts'
import type { TlsClientOptions } from '../../../collector-core/net/tls-options.ts'
import { parseDockerHost } from '../../../collector-core/schema/docker-host.ts'
import { WeirError } from '../../../collector-core/weir-error.ts'
import type { EngineAttempt, EngineReport, EngineSearch } from '../../contract/stack.ts'
import { problemOf } from '../problem.ts'
import { explainEngine } from '../docker/explain-engine.ts'
import type { EngineConnection } from '../docker/docker-api.ts'
import { currentContext } from './docker-context.ts'
import { knownPlaces } from './engine-places.ts'
import type { EnginePlace, SearchedMachine } from './engine-places.ts'
import { readEngine } from './read-engine.ts'

/** This machine, as the search sees it. */
export const thisMachine: SearchedMachine = {
  platform: process.platform,
  env: process.env,
  home: homedir(),
  uid: process.getuid?.(),
  read: (path) => {
    try {
      return readFileSync(path, 'utf8')
    } catch {
      return undefined
    }
  },
  list: (path) => {
    try {
      return readdirSync(path)
    } catch {
      return []
    }
  },
}

export interface FoundEngine {
  readonly search: EngineSearch
  readonly connection: EngineConnection | undefined
}

/** Asks each place in turn until one answers; an explicit place that fails is not passed over in silence. */
export async function findEngine(
  options: { readonly setting: string | undefined; readonly userAgent: string; readonly timeoutMs?: number },
  machine: SearchedMachine = thisMachine,
): Promise<FoundEngine> {
  const tried: EngineAttempt[] = []
  let problem: WeirError | undefined
  for (const place of searchOrder(options.setting, machine)) {
    if ('words' in place) {
      tried.push({ host: '', source: place.source, outcome: 'failed', words: place.words })
      continue
    }
    const absent = socketAbsent(place)
    if (absent !== undefined) {
      tried.push({ host: place.host, source: place.source, outcome: 'skipped', words: absent })
      continue
    }
    try {
      const { report, docker } = await ask(place, options.userAgent, options.timeoutMs ?? 5000)
      const words = `${report.product} ${report.version}, API ${report.apiVersion}`
      tried.push({ host: place.host, source: place.source, outcome: 'answered', words })
      return { search: { answered: report, tried, problem: undefined }, connection: { host: place.host, docker } }
    } catch (error) {
      const explained = explainEngine(error, place.host, { doing: 'asking for its version' })
      // A socket that is there and refuses this user tells more than one where nobody listens.
      if (problem === undefined || (problem.code === 'engine-down' && explained.code !== 'engine-down'))
        problem = explained
      tried.push({ host: place.host, source: place.source, outcome: 'failed', words: explained.message })
      if (isExplicit(place)) break
    }
  }
  problem ??= new WeirError(
    'engine-down',
    `Docker is not running (${tried.length} ${tried.length === 1 ? 'place' : 'places'} tried)`,
    'Start Docker Desktop (or `systemctl start docker`), or use `--provider embedded`.',
  )
  return { search: { answered: undefined, tried, problem: problemOf(problem) }, connection: undefined }
}

type Broken = { readonly source: string; readonly words: string }

function searchOrder(setting: string | undefined, machine: SearchedMachine): readonly (EnginePlace | Broken)[] {
  const { env } = machine
  if (setting !== undefined && setting !== '') return [{ host: setting, source: 'setting' }]
  if (env.DOCKER_HOST) {
    const certificates = env.DOCKER_TLS_VERIFY ? (env.DOCKER_CERT_PATH ?? join(machine.home, '.docker')) : undefined
    return [{ host: env.DOCKER_HOST, source: 'DOCKER_HOST', ...(certificates && { certificates }) }]
  }
  const context = currentContext(machine)
  const first = context.kind === 'place' ? [context.place] : context.kind === 'broken' ? [context] : []
  const known = knownPlaces(machine).filter(
    ({ host }) => !first.some((place) => 'host' in place && place.host === host),
  )
  return [...first, ...known]
}

const isExplicit = ({ source }: EnginePlace): boolean => source === 'setting' || source === 'DOCKER_HOST'

/** Only of the known sockets: what the user named is asked, so that the failure is the engine's own. */
function socketAbsent(place: EnginePlace): string | undefined {
  if (isExplicit(place) || !place.host.startsWith('unix://')) return undefined
  return existsSync(place.host.slice('unix://'.length)) ? undefined : 'no socket there'
}

async function ask(
  place: EnginePlace,
  userAgent: string,
  timeoutMs: number,
): Promise<{ report: EngineReport; docker: Docker }> {
  if (place.host.startsWith('ssh://')) {
    throw new WeirError(
      'engine-ssh',
      `${place.host} is reached over SSH, which Weir does not speak`,
      'Forward its socket (`ssh -L /tmp/docker.sock:/var/run/docker.sock …`) and name unix:///tmp/docker.sock.',
    )
  }
  const { endpoint, problem } = parseDockerHost(place.host)
  if (endpoint === undefined) throw new WeirError('engine-address', problem, 'Correct the address.')
  const tls = readCertificates(place)
  const secured = endpoint.kind === 'network' && tls !== undefined ? { ...endpoint, tls: true } : endpoint
  const settings = dockerodeSettings(secured, { headers: {}, tls }, userAgent)
  const abortSignal = AbortSignal.timeout(timeoutMs)
  const versionOf = (docker: Docker): Promise<unknown> =>
    (docker.version.bind(docker) as (options: object) => Promise<unknown>)({ abortSignal })
  const infoOf = (docker: Docker): Promise<unknown> =>
    (docker.info.bind(docker) as (options: object) => Promise<unknown>)({ abortSignal })
  try {
    const version = (await versionOf(new Docker(settings))) as { ApiVersion?: string; MinAPIVersion?: string }
    const apiVersion = chooseApiVersion(version.ApiVersion, version.MinAPIVersion)
    const docker = new Docker({ ...settings, version: `v${apiVersion}` })
    const report = readEngine(place, apiVersion, version, await infoOf(docker))
    if (report.osType === 'windows') {
      throw new WeirError(
        'windows-containers',
        `${place.host} runs Windows containers`,
        'Switch Docker Desktop to Linux containers.',
      )
    }
    return { report, docker }
  } catch (error) {
    throw abortSignal.aborted ? Object.assign(new Error('late'), { code: 'ETIMEDOUT' }) : error
  }
}

function readCertificates({ certificates, skipVerify = false }: EnginePlace): TlsClientOptions | undefined {
  if (certificates === undefined || !existsSync(join(certificates, 'ca.pem'))) return undefined
  const read = (name: string): string | undefined => {
    const file = join(certificates, name)
    return existsSync(file) ? readFileSync(file, 'utf8') : undefined
  }
  const ca = read('ca.pem')
  return {
    ...(ca !== undefined && { ca: [ca] }),
    cert: read('cert.pem'),
    key: read('key.pem'),
    rejectUnauthorized: !skipVerify,
    minVersion: 'TLSv1.2',
  }
}
