import type {
  BackendCard,
  BackendLogLine,
  BackendName,
  EngineSearch,
  Preflight,
  StackEndpoints,
  StackSettings,
} from '../../contract/stack.ts'
import { WeirError } from '../../../collector-core/weir-error.ts'
import { SentRates } from '../alloy/sent-rates.ts'
import { chosenBackends, localEndpoints } from '../endpoints.ts'
import { imageName, pinnedImages } from '../pinned-images.ts'
import { dockerPreflight } from '../preflight/docker-preflight.ts'
import type { Order, StackProvider } from '../stack-provider.ts'
import type { FileInputs } from '../templates/backend-files.ts'
import { containerCard } from './container-cards.ts'
import { followLog } from './container-log.ts'
import { StatsReader } from './container-stats.ts'
import type { ManagedContainer } from './container-view.ts'
import { desiredContainer } from './desired-container.ts'
import { volumeSizes } from './disk-use.ts'
import { DockerApi } from './docker-api.ts'
import type { EngineConnection } from './docker-api.ts'
import type { ProjectName } from './labels.ts'
import { loadImages } from './load-images.ts'
import { makeContainer } from './make-container.ts'
import { pullImages } from './pull-images.ts'
import { removeAll, stackImages } from './remove-all.ts'
import { finishInterrupted, replaceContainer } from './replace-container.ts'
import { patience, waitReady } from './wait-ready.ts'
import type { Patience } from './wait-ready.ts'
import { watchContainers } from './watch-containers.ts'

export interface DockerProviderOptions {
  readonly search: EngineSearch
  readonly connection: EngineConnection | undefined
  /** As the config and the settings are at that moment. */
  readonly inputs: () => FileInputs
  /** Whether the collector of this program runs: it holds the ports of the config, and makes way. */
  readonly collectorRuns: () => boolean
  readonly project: ProjectName
  readonly patience?: Patience
}

/** The stack as containers of a Docker engine. It keeps no state: the engine's labels say what is. */
export class DockerProvider implements StackProvider {
  readonly provider = 'docker'
  private readonly options: DockerProviderOptions
  private readonly api: DockerApi | undefined
  private readonly settings: StackSettings
  private readonly backends: readonly BackendName[]
  private readonly stats = new StatsReader()
  private readonly sizes = volumeSizes()
  private readonly sentRates = new SentRates()

  constructor(options: DockerProviderOptions) {
    this.options = options
    this.api = options.connection && new DockerApi(options.connection, options.project)
    this.settings = options.inputs().settings
    this.backends = chosenBackends(this.settings)
  }

  get endpoints(): StackEndpoints {
    return localEndpoints(this.settings, true)
  }

  preflight(): Promise<Preflight> {
    const { inputs, collectorRuns, search } = this.options
    const { settings, alloy } = inputs()
    const receivers = collectorRuns() ? [] : alloy.ports
    return dockerPreflight({ settings, backends: this.backends, search, api: this.api, receivers })
  }

  async start(order: Order): Promise<void> {
    const api = this.engine()
    await finishInterrupted(api)
    const own = await api.containers()
    await this.pull(api, this.missing(own), order)
    await api.ensureNetwork()
    for (const { id, backend } of own.filter((container) => !this.backends.includes(container.backend))) {
      order.doing(`stopping ${backend}, which the settings leave out`)
      await api.stop(id, backend)
      await api.remove(id, backend)
    }
    const started: Pick<ManagedContainer, 'id' | 'backend'>[] = []
    for (const backend of this.backends) {
      order.cancel.throwIfAborted()
      order.doing(`starting ${backend}`)
      const old = own.find((container) => container.backend === backend)
      started.push(await this.bringUp(api, backend, old, order))
    }
    await Promise.all(started.map((container) => this.ready(api, container, order)))
  }

  async stop(order: Order): Promise<void> {
    const api = this.engine()
    const own = await api.containers()
    const rank = ({ backend }: ManagedContainer): number => this.backends.indexOf(backend)
    for (const container of [...own].sort((a, b) => rank(b) - rank(a))) {
      if (!container.running && !container.restarting) continue
      order.doing(`stopping ${container.backend}`)
      await api.stop(container.id, container.backend)
    }
  }

  async restart(backend: BackendName, order: Order): Promise<void> {
    const api = this.engine()
    const [old] = await api.containers(backend)
    if ((old as ManagedContainer | undefined) === undefined) return this.startOne(api, backend, order)
    order.doing(`restarting ${backend}`)
    await api.stop(old.id, backend)
    await api.start(old.id, backend)
    await this.ready(api, old, order)
  }

  async reset(backend: BackendName, order: Order): Promise<void> {
    const api = this.engine()
    order.doing(`deleting what ${backend} stored`)
    for (const { id } of await api.containers(backend)) {
      await api.stop(id, backend, 5)
      await api.remove(id, backend)
    }
    for (const volume of await api.volumes(backend)) await api.removeVolume(volume)
    await this.startOne(api, backend, order)
  }

  async upgrade(order: Order): Promise<void> {
    const api = this.engine()
    await finishInterrupted(api)
    const own = await api.containers()
    const outdated = own.filter(
      ({ backend, image }) => this.backends.includes(backend) && image !== this.image(backend),
    )
    await this.pull(
      api,
      outdated.map(({ backend }) => this.image(backend)),
      order,
    )
    for (const backend of this.backends) {
      const old = outdated.find((container) => container.backend === backend)
      if (old === undefined) continue
      order.doing(`upgrading ${backend}`)
      await this.replace(api, old, order)
    }
  }

  async uninstall({ images }: { readonly images: boolean }, order: Order): Promise<void> {
    const api = this.engine()
    const { registry } = this.settings
    await removeAll(api, images ? stackImages(await api.containers(), registry) : [], order)
  }

  async importImages(path: string, order: Order): Promise<void> {
    order.doing(`importing ${path}`)
    await loadImages(this.engine(), path, order.cancel)
  }

  async cards(): Promise<readonly BackendCard[]> {
    const api = this.engine()
    const own = await api.containers()
    const diskBytes = await this.sizes(api)
    const { settings, stats, sentRates } = this
    return Promise.all(
      this.backends.map((backend) =>
        containerCard(
          { api, settings, stats, diskBytes, sentRates },
          backend,
          own.find((container) => container.backend === backend),
        ),
      ),
    )
  }

  async followLogs(
    backend: BackendName,
    onLines: (lines: readonly BackendLogLine[]) => void,
    stop: AbortSignal,
  ): Promise<void> {
    const api = this.engine()
    const [container] = await api.containers(backend)
    if ((container as ManagedContainer | undefined) === undefined) {
      throw new WeirError('absent', `${backend} has no container`, 'Start the stack first: `weir stack up`.')
    }
    await followLog(api, container.id, onLines, stop)
  }

  async watch(onChange: () => void, stop: AbortSignal): Promise<void> {
    await watchContainers(this.engine(), onChange, stop)
  }

  async close(): Promise<void> {
    // Containers go on without this process.
  }

  /** A container that fits is adopted; one that differs in what the user chose, or in files, is replaced. */
  private async bringUp(api: DockerApi, backend: BackendName, old: ManagedContainer | undefined, order: Order) {
    if (old === undefined) {
      const id = await makeContainer(api, await this.desired(api, backend))
      return { id, backend }
    }
    const { image, spec, choice } = await this.desired(api, backend, old.volume)
    const fits = old.image === image ? old.spec === spec : old.choice === choice
    if (!fits) {
      await this.replace(api, old, order)
      return (await api.containers(backend))[0]
    }
    if (!old.running && !old.restarting) await api.start(old.id, backend)
    return old
  }

  private async startOne(api: DockerApi, backend: BackendName, order: Order): Promise<void> {
    const image = this.image(backend)
    if (!(await api.hasImage(image))) await this.pull(api, [image], order)
    await api.ensureNetwork()
    order.doing(`starting ${backend}`)
    await this.ready(api, await this.bringUp(api, backend, undefined, order), order)
  }

  private async replace(api: DockerApi, old: ManagedContainer, order: Order): Promise<void> {
    const { inputs, project } = this.options
    await this.pull(api, [this.image(old.backend)], order)
    await replaceContainer(api, {
      old,
      desired: (volume) => desiredContainer(project, old.backend, inputs(), volume),
      ready: (id) => this.ready(api, { id, backend: old.backend }, order),
    })
  }

  /** On the volume that is there, whichever of the two names it has. */
  private async desired(api: DockerApi, backend: BackendName, volume?: string) {
    const [existing] = volume === undefined ? await api.volumes(backend) : [volume]
    return desiredContainer(this.options.project, backend, this.options.inputs(), existing)
  }

  private async ready(
    api: DockerApi,
    container: Pick<ManagedContainer, 'id' | 'backend'>,
    order: Order,
  ): Promise<void> {
    await waitReady(api, container, this.settings, order, this.options.patience ?? patience)
  }

  /** Images of containers yet to be made. */
  private missing(own: readonly ManagedContainer[]): readonly string[] {
    return this.backends
      .filter((backend) => !own.some((container) => container.backend === backend))
      .map((backend) => this.image(backend))
  }

  private async pull(api: DockerApi, images: readonly string[], order: Order): Promise<void> {
    const absent: string[] = []
    for (const image of images) if (!(await api.hasImage(image))) absent.push(image)
    if (absent.length === 0) return
    order.doing(`pulling ${absent.length} image${absent.length === 1 ? '' : 's'}`)
    try {
      await pullImages(api, absent, order.pulling, order.cancel)
    } finally {
      order.pulling(undefined)
    }
  }

  private image(backend: BackendName): string {
    return imageName(this.settings.registry, pinnedImages[backend])
  }

  private engine(): DockerApi {
    if (this.api !== undefined) return this.api
    const { problem } = this.options.search
    throw new WeirError(
      problem?.code ?? 'engine-down',
      problem?.message ?? 'Docker is not running',
      problem?.nextStep ?? 'Start Docker, or use `--provider embedded`.',
    )
  }
}
