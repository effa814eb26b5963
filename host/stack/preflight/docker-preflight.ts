import type {
  BackendName,
  EngineSearch,
  PortOwner,
  Preflight,
  PreflightFinding,
  StackSettings,
} from '../../contract/stack.ts'
import type { ManagedContainer } from '../docker/container-view.ts'
import type { DockerApi } from '../docker/docker-api.ts'
import { imageName, pinnedImages } from '../pinned-images.ts'
import { portFindings } from './port-findings.ts'
import type { WantedPort } from './port-findings.ts'
import { architectureFinding, diskFinding, memoryFinding } from './room-findings.ts'

export interface PreflightInputs {
  readonly settings: StackSettings
  readonly backends: readonly BackendName[]
  readonly search: EngineSearch
  /** Undefined when no engine answered. */
  readonly api: DockerApi | undefined
  /** Ports of the receivers Alloy would have. */
  readonly receivers: readonly number[]
}

/** Looks at everything a start would need and changes nothing. */
export async function dockerPreflight({
  settings,
  backends,
  search,
  api,
  receivers,
}: PreflightInputs): Promise<Preflight> {
  const { answered, problem } = search
  if (api === undefined || answered === undefined) {
    const message = problem === undefined ? 'Docker is not running' : `${problem.message}. ${problem.nextStep}`
    const fix = { kind: 'use-provider', provider: 'embedded' } as const
    return {
      findings: [{ check: 'engine', severity: 'error', message, owner: undefined, fix }],
      images: [],
      canStart: false,
    }
  }
  const own = await api.containers()
  const images = await Promise.all(wantedImages(own, backends, settings).map((image) => lookAtImage(api, image)))
  const findings: PreflightFinding[] = [
    {
      check: 'engine',
      severity: 'ok',
      message: `${answered.product} ${answered.version} at ${answered.host} (API ${answered.apiVersion})`,
      owner: undefined,
      fix: undefined,
    },
    architectureFinding(answered.architecture),
    memoryFinding(
      backends.reduce((sum, backend) => sum + pinnedImages[backend].memoryBytes, 0),
      answered.memoryBytes,
    ),
    await diskFinding(await rootOf(api)),
    ...(await portFindings(portsToOpen(own, backends, settings, receivers), (port) => publishedBy(api, port))),
    imageFinding(images),
    ...orphanFindings(own, backends),
  ]
  return { findings, images, canStart: findings.every(({ severity }) => severity !== 'error') }
}

/** A backend that runs already holds its ports itself. */
function portsToOpen(
  own: readonly ManagedContainer[],
  backends: readonly BackendName[],
  settings: StackSettings,
  receivers: readonly number[],
): readonly WantedPort[] {
  const running = new Set(own.filter((container) => container.running).map(({ backend }) => backend))
  return backends
    .filter((backend) => !running.has(backend))
    .flatMap((backend) => [
      ...pinnedImages[backend].ports.map(({ name }) => ({ name, port: settings.ports[name] })),
      ...(backend === 'alloy' ? receivers.map((port) => ({ name: undefined, port })) : []),
    ])
}

async function publishedBy(api: DockerApi, port: number): Promise<PortOwner | undefined> {
  const all = await api.ask('listing containers', (docker, abortSignal) => docker.listContainers({ abortSignal }))
  const owner = all.find(({ Ports }) => Ports.some(({ PublicPort }) => PublicPort === port))
  return owner && { kind: 'container', name: owner.Names[0]?.replace(/^\//, '') ?? owner.Id, image: owner.Image }
}

function wantedImages(own: readonly ManagedContainer[], backends: readonly BackendName[], settings: StackSettings) {
  return backends.map(
    (name) => own.find(({ backend }) => backend === name)?.image ?? imageName(settings.registry, pinnedImages[name]),
  )
}

async function lookAtImage(api: DockerApi, image: string): Promise<Preflight['images'][number]> {
  if (!(await api.hasImage(image))) return { image, present: false, bytes: undefined }
  const { Size } = await api.ask({ doing: `looking at ${image}`, image }, (docker) => docker.getImage(image).inspect())
  return { image, present: true, bytes: Size }
}

function imageFinding(images: Preflight['images']): PreflightFinding {
  const missing = images.filter(({ present }) => !present)
  const message =
    missing.length === 0
      ? `all ${images.length} images are on this machine`
      : `${missing.length} of ${images.length} images will be pulled: ${missing.map(({ image }) => image).join(', ')}`
  return { check: 'image', severity: 'ok', message, owner: undefined, fix: undefined }
}

function orphanFindings(
  own: readonly ManagedContainer[],
  backends: readonly BackendName[],
): readonly PreflightFinding[] {
  return own
    .filter(({ backend, name }) => !backends.includes(backend) || name.endsWith('-previous'))
    .map(({ name }) => ({
      check: 'orphan',
      severity: 'warning',
      message: `${name} is left from earlier settings; a start removes the container and keeps its data`,
      owner: undefined,
      fix: undefined,
    }))
}

async function rootOf(api: DockerApi): Promise<string> {
  const info = (await api.ask('asking about the engine', (docker) => docker.info())) as { DockerRootDir?: unknown }
  return typeof info.DockerRootDir === 'string' ? info.DockerRootDir : '/var/lib/docker'
}
