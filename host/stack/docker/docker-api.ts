// The few requests the stack makes of an engine, through dockerode, each with a deadline and with failures explained.
// Every change goes by id or by a name that was read together with Weir's label.
import type Docker from 'dockerode'
import { explainEngine } from './explain-engine.ts'
import type { Asked } from './explain-engine.ts'
import { readManaged } from './container-view.ts'
import type { ManagedContainer } from './container-view.ts'
import { closedBody } from './create-body.ts'
import type { CreateBody } from './create-body.ts'
import { projectFilter, projectLabels } from './labels.ts'
import type { ProjectName } from './labels.ts'
import type { BackendName } from '../../contract/stack.ts'

/** An engine that answered; `docker` speaks the API version agreed on. */
export interface EngineConnection {
  readonly host: string
  readonly docker: Docker
}

export class DockerApi {
  private readonly connection: EngineConnection
  readonly project: ProjectName

  constructor(connection: EngineConnection, project: ProjectName) {
    this.connection = connection
    this.project = project
  }

  get host(): string {
    return this.connection.host
  }

  get docker(): Docker {
    return this.connection.docker
  }

  /** Runs one request; what it throws is explained. */
  async ask<T>(asked: Asked | string, request: (docker: Docker, signal: AbortSignal) => Promise<T>, withinMs = 30_000) {
    const { docker, host } = this.connection
    const about = typeof asked === 'string' ? { doing: asked } : asked
    const late = AbortSignal.timeout(withinMs)
    try {
      return await request(docker, late)
    } catch (error) {
      throw explainEngine(late.aborted ? { code: 'ETIMEDOUT' } : error, host, about)
    }
  }

  /** The project's containers, of one backend or all, running or not. */
  async containers(backend?: BackendName): Promise<readonly ManagedContainer[]> {
    const listed = await this.ask('listing the stack', (docker, abortSignal) =>
      docker.listContainers({ all: true, filters: projectFilter(this.project, backend), abortSignal }),
    )
    const inspected = await Promise.all(
      listed.map(({ Id }) =>
        this.ask('looking at a container', (docker, abortSignal) =>
          docker.getContainer(Id).inspect({ abortSignal }),
        ).catch((error: unknown) => {
          if (isGone(error)) return undefined
          throw error
        }),
      ),
    )
    return inspected.map(readManaged).filter((container) => container !== undefined)
  }

  async create(body: CreateBody): Promise<string> {
    const asked = { doing: `creating ${body.name}`, image: body.Image }
    const container = await this.ask(asked, (docker, abortSignal) =>
      docker.createContainer({ ...closedBody(body), abortSignal }),
    )
    return container.id
  }

  async start(id: string, name: string): Promise<void> {
    await this.ask(`starting ${name}`, (docker, abortSignal) => docker.getContainer(id).start({ abortSignal })).catch(
      unlessUnchanged,
    )
  }

  /** SIGTERM, and SIGKILL after `graceSeconds`. */
  async stop(id: string, name: string, graceSeconds = 30): Promise<void> {
    await this.ask(
      `stopping ${name}`,
      (docker, abortSignal) => docker.getContainer(id).stop({ t: graceSeconds, abortSignal }),
      (graceSeconds + 15) * 1000,
    ).catch(unlessUnchanged)
  }

  async remove(id: string, name: string): Promise<void> {
    await this.ask(`removing ${name}`, (docker, abortSignal) =>
      docker.getContainer(id).remove({ force: true, abortSignal }),
    ).catch(unlessGone)
  }

  async rename(id: string, name: string): Promise<void> {
    await this.ask(`renaming a container to ${name}`, (docker, abortSignal) =>
      docker.getContainer(id).rename({ name, abortSignal }),
    )
  }

  async ensureNetwork(): Promise<void> {
    const { project } = this
    const found = await this.ask('listing the networks', (docker, abortSignal) =>
      docker.listNetworks({ filters: projectFilter(project), abortSignal }),
    )
    if (found.length > 0) return
    await this.ask('creating the network', (docker, abortSignal) =>
      docker.createNetwork({
        Name: project,
        CheckDuplicate: true,
        Labels: { ...projectLabels(project), 'com.docker.compose.network': 'default' },
        abortSignal,
      }),
    )
  }

  async removeNetworks(): Promise<void> {
    const found = await this.ask('listing the networks', (docker, abortSignal) =>
      docker.listNetworks({ filters: projectFilter(this.project), abortSignal }),
    )
    for (const { Id } of found) {
      await this.ask('removing the network', (docker, abortSignal) =>
        docker.getNetwork(Id).remove({ abortSignal }),
      ).catch(unlessGone)
    }
  }

  /** Names of the project's volumes, of one backend or all, in alphabetical order. */
  async volumes(backend?: BackendName): Promise<readonly string[]> {
    const { Volumes } = await this.ask('listing the volumes', (docker, abortSignal) =>
      docker.listVolumes({ filters: projectFilter(this.project, backend), abortSignal }),
    )
    // Engines answer null for none.
    return ((Volumes as typeof Volumes | null) ?? []).map(({ Name }) => Name).sort()
  }

  async createVolume(name: string, labels: Readonly<Record<string, string>>): Promise<void> {
    await this.ask(`creating the volume ${name}`, (docker, abortSignal) =>
      docker.createVolume({ Name: name, Labels: { ...labels }, abortSignal }),
    )
  }

  async removeVolume(name: string): Promise<void> {
    await this.ask(`removing the volume ${name}`, (docker, abortSignal) =>
      docker.getVolume(name).remove({ abortSignal }),
    ).catch(unlessGone)
  }

  async putArchive(id: string, archive: NodeJS.ReadableStream, doing: string): Promise<void> {
    await this.ask(
      doing,
      (docker, abortSignal) => docker.getContainer(id).putArchive(archive, { path: '/', abortSignal }),
      10 * 60_000,
    )
  }

  async hasImage(image: string): Promise<boolean> {
    try {
      await this.ask({ doing: `looking for ${image}`, image }, (docker, abortSignal) =>
        docker.getImage(image).inspect({ abortSignal } as object),
      )
      return true
    } catch (error) {
      if (hasCode(error, 'no-such-image')) return false
      throw error
    }
  }
}

const hasCode = (error: unknown, code: string): boolean => (error as { code?: unknown }).code === code
const isGone = (error: unknown): boolean => hasCode(error, 'gone')

function unlessGone(error: unknown): void {
  if (!isGone(error)) throw error
}

/** 304 says that it already was started or stopped, which dockerode takes for a failure. */
function unlessUnchanged(error: unknown): void {
  const { cause } = error as { cause?: { statusCode?: unknown } }
  if (cause?.statusCode !== 304) throw error
}
