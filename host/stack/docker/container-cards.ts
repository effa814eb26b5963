import type { BackendCard, BackendName, StackSettings } from '../../contract/stack.ts'
import type { SentRates } from '../alloy/sent-rates.ts'
import { imageName, pinnedImages } from '../pinned-images.ts'
import { problemOf } from '../problem.ts'
import { askReadiness } from '../readiness.ts'
import { tailOf } from './container-log.ts'
import type { StatsReader } from './container-stats.ts'
import type { ManagedContainer } from './container-view.ts'
import type { DockerApi } from './docker-api.ts'
import { explainExit } from './explain-exit.ts'
import { runningState } from './running-state.ts'

/** Ended by a signal, which is what a stop is. */
const stoppedBy = new Set([0, 130, 137, 143])

export interface CardSources {
  readonly api: DockerApi
  readonly settings: StackSettings
  readonly stats: StatsReader
  readonly diskBytes: ReadonlyMap<string, number>
  readonly sentRates: SentRates
}

/** The card of a backend that runs, or does not, as a container. */
export async function containerCard(
  { api, settings, stats, diskBytes, sentRates }: CardSources,
  backend: BackendName,
  container: ManagedContainer | undefined,
): Promise<BackendCard> {
  const pinned = pinnedImages[backend]
  const port = settings.ports[pinned.ports[0].name]
  const image = imageName(settings.registry, pinned)
  const base: BackendCard = {
    backend,
    state: 'absent',
    readiness: 'not created yet',
    since: undefined,
    version: undefined,
    image: undefined,
    port,
    url: `http://127.0.0.1:${port}`,
    memoryBytes: undefined,
    memoryLimitBytes: undefined,
    cpuPercent: undefined,
    diskBytes: undefined,
    sent: undefined,
    restarts: 0,
    problem: undefined,
    upgradeTo: undefined,
  }
  if (container === undefined) return base
  const tag = container.image.slice(container.image.lastIndexOf(':') + 1)
  const made: BackendCard = {
    ...base,
    since: container.startedAt,
    version: tag.replace(/^v/, ''),
    image: container.image,
    diskBytes: container.volume === undefined ? undefined : diskBytes.get(container.volume),
    restarts: container.restarts,
    upgradeTo: container.image === image ? undefined : pinned.tag.replace(/^v/, ''),
  }
  if (!container.running || container.restarting) return { ...made, ...(await endedState(api, container)) }
  const [readiness, use, problem, sent] = await Promise.all([
    askReadiness(port, pinned.readyPath),
    stats.read(api, container.id).catch(() => undefined),
    container.restarts > 0 ? lastCrash(api, container) : undefined,
    backend === 'alloy' ? sentRates.read(port) : undefined,
  ])
  const state = runningState(readiness.ready, container.restarts, Date.now() - (container.startedAt ?? 0))
  const words = state === 'failed' ? againAndAgain(container) : readiness.words
  return { ...made, ...use, state, readiness: words, problem, sent }
}

/** A backend the engine has restarted says why in the lines before its newest start. */
async function lastCrash(api: DockerApi, container: ManagedContainer): Promise<BackendCard['problem']> {
  const tail = await tailOf(api, container.id, 20).catch(() => [])
  const { code, message, nextStep } = problemOf(explainExit(container, tail))
  const times = container.restarts === 1 ? 'once' : `${container.restarts} times`
  return { code, message: `restarted ${times} by the engine: ${message}`, nextStep }
}

async function endedState(
  api: DockerApi,
  container: ManagedContainer,
): Promise<Pick<BackendCard, 'state' | 'readiness' | 'problem'>> {
  const crashed =
    container.restarting || container.outOfMemory || container.error !== '' || !stoppedBy.has(container.exitCode)
  if (!crashed) {
    const created = container.status === 'created'
    return { state: 'stopped', readiness: created ? 'created, not started' : 'stopped', problem: undefined }
  }
  const problem = problemOf(explainExit(container, await tailOf(api, container.id, 20).catch(() => [])))
  return { state: 'failed', readiness: container.restarting ? againAndAgain(container) : 'crashed', problem }
}

const againAndAgain = ({ restarts }: ManagedContainer): string => `restarting again and again (${restarts} times)`
