// One endpoint: its sender and the queues of its tenants.
import { join } from 'node:path'
import type { EndpointIdentity } from '../../../delivery/endpoint-identity.ts'
import type { ExporterWorld } from '../../../delivery/exporter-world.ts'
import { sumQueues } from '../../../delivery/queue-state.ts'
import { redactUrl } from '../../../language/redact-url.ts'
import type { FileSystem } from '../../../outbox/file-system.ts'
import { errorText } from '../../../outbox/file-system.ts'
import { nodeFileSystem } from '../../../outbox/node-file-system.ts'
import type { QueueState } from '../../../protocol.ts'
import type { ComponentContext, DebugStatement } from '../../../runtime/component.ts'
import { mergeAcceptances } from '../../../signal/fan-out.ts'
import { accepted, refused } from '../../../signal/receiver.ts'
import type { Acceptance } from '../../../signal/receiver.ts'
import type { EncodedPush } from '../../../wire/loki/push-encoder.ts'
import type { EndpointArguments } from './definition.ts'
import { Sender } from './sender.ts'
import { decodeTenant, encodeTenant } from './tenant-file-name.ts'
import { TenantQueue } from './tenant-queue.ts'
import type { WriteMetrics } from './write-metrics.ts'

const mostTenants = 200
const longestTenant = 150
const tenantMark = 'tenant-'

export class Endpoint {
  readonly identity: EndpointIdentity
  private args: EndpointArguments
  private readonly context: ComponentContext
  private readonly world: ExporterWorld
  private readonly metrics: WriteMetrics
  private readonly onHealth: () => void
  private readonly directory: string
  private readonly queues = new Map<string, TenantQueue>()
  private readonly opening = new Map<string, Promise<string | undefined>>()
  private sender: Sender
  private running = false
  private tenantTrouble: string | undefined

  constructor(
    identity: EndpointIdentity,
    args: EndpointArguments,
    context: ComponentContext,
    world: ExporterWorld,
    metrics: WriteMetrics,
    onHealth: () => void,
  ) {
    this.identity = identity
    this.args = args
    this.context = context
    this.world = world
    this.metrics = metrics
    this.onHealth = onHealth
    this.directory = join(context.dataDirectory, identity.directory)
    this.sender = this.senderOf(args)
    this.queueOf(args.tenant_id ?? '')
  }

  /** Why the endpoint needs attention. */
  get problem(): string | undefined {
    for (const { tenant, trouble, status } of this.queues.values()) {
      const failed =
        status.state === 'failed' ? `the queue: ${status.lastError ?? 'the disk cannot be used'}` : undefined
      const problem = trouble ?? failed
      if (problem !== undefined) return `${this.shownUrl}${tenant === '' ? '' : ` (tenant ${tenant})`}: ${problem}`
    }
    return this.tenantTrouble === undefined ? undefined : `${this.shownUrl}: ${this.tenantTrouble}`
  }

  /** Drains the queues until `stop`, those an earlier run left behind included. */
  async start(): Promise<void> {
    if (this.running) return
    this.running = true
    for (const queue of this.queues.values()) queue.start()
    try {
      await this.remember(this.args.tenant_id ?? '')
      for (const { name } of await this.files.list(this.directory)) {
        if (name.startsWith(tenantMark)) this.queueOf(decodeTenant(name.slice(tenantMark.length)))
      }
    } catch (error) {
      this.context.log.error('queues left by an earlier run cannot be listed', {
        directory: this.directory,
        error: errorText(error),
      })
    }
  }

  async stop(): Promise<void> {
    await Promise.all([...this.queues.values()].map((queue) => queue.stop()))
    this.sender.retire()
  }

  /** Applies arguments of the same identity; the queues go on. */
  update(args: EndpointArguments): void {
    const before = this.sender
    this.args = args
    this.sender = this.senderOf(args)
    const tenant = args.tenant_id ?? ''
    if (!this.queues.has(tenant)) void this.open(tenant)
    this.queueOf(tenant)
    for (const queue of this.queues.values()) queue.reconfigure()
    before.retire()
  }

  /** Queues pushes in order within their lanes; lines without a tenant of their own go to the endpoint's. */
  async offer(ownTenant: string | undefined, pushes: readonly EncodedPush[], lanes: number): Promise<Acceptance> {
    const tenant = ownTenant ?? this.args.tenant_id ?? ''
    if (!this.queues.has(tenant)) {
      const problem = this.tenantProblem(tenant)
      if (problem !== undefined) return this.refuseTenant(tenant, problem, pushes)
      const failed = await this.open(tenant)
      if (failed !== undefined) return refused(`the queue of tenant ${tenant} cannot be made: ${failed}`)
    }
    const queue = this.queueOf(tenant)
    return mergeAcceptances(await Promise.all(pushes.map((push) => queue.offer(push, lanes))))
  }

  /** Counts lines that will not be sent. */
  giveUp(ownTenant: string | undefined, entries: number, bytes: number, reason: string, detail: string): void {
    const own = this.args.tenant_id ?? ''
    const queue = this.queues.get(ownTenant ?? own) ?? this.queueOf(own)
    queue.giveUp(entries, bytes, reason, detail)
  }

  queueState(): QueueState {
    return sumQueues([...this.queues.values()].map((queue) => queue.queueState))
  }

  debugInfo(): DebugStatement {
    return {
      kind: 'block',
      name: 'endpoint',
      label: this.identity.name,
      body: [
        { kind: 'attribute', name: 'url', value: this.shownUrl },
        ...[...this.queues.values()].map((queue) => queue.debugInfo()),
      ],
    }
  }

  private get files(): FileSystem {
    return this.world.files ?? nodeFileSystem
  }

  private get shownUrl(): string {
    return redactUrl(this.args.url)
  }

  private senderOf(args: EndpointArguments): Sender {
    return new Sender(args, this.world.createClient(args), this.context.clock)
  }

  private queueOf(tenant: string): TenantQueue {
    let queue = this.queues.get(tenant)
    if (queue === undefined) {
      queue = new TenantQueue(
        tenant,
        {
          name: this.identity.name,
          directory: this.directory,
          files: this.world.files,
          args: () => this.args,
          send: (request, to, stop) => this.sender.send(request, to, stop),
          onHealth: this.onHealth,
        },
        this.context,
        this.metrics.of(hostOf(this.args.url), tenant),
      )
      this.queues.set(tenant, queue)
      if (this.running) queue.start()
    }
    return queue
  }

  private tenantProblem(tenant: string): string | undefined {
    if (Buffer.byteLength(tenant) > longestTenant)
      return `a tenant is longer than ${longestTenant} bytes, which Loki does not take`
    return this.queues.size + this.opening.size >= mostTenants && !this.opening.has(tenant)
      ? `there are lines for more than ${mostTenants} tenants; send them through several loki.write components`
      : undefined
  }

  private refuseTenant(tenant: string, problem: string, pushes: readonly EncodedPush[]): Acceptance {
    this.tenantTrouble = problem
    this.onHealth()
    for (const { entries, size } of pushes) {
      this.giveUp(undefined, entries, size, 'too_many_tenants', `${problem} (tenant ${tenant.slice(0, 50)})`)
    }
    return accepted
  }

  /** Says what went wrong, if anything; lines that come meanwhile wait for the same opening. */
  private open(tenant: string): Promise<string | undefined> {
    let opening = this.opening.get(tenant)
    if (opening === undefined) {
      opening = this.remember(tenant)
        .then(() => undefined, errorText)
        .finally(() => this.opening.delete(tenant))
      this.opening.set(tenant, opening)
    }
    return opening
  }

  /** A file per tenant, so that its queue is found again after a restart. */
  private async remember(tenant: string): Promise<void> {
    const { files, directory } = this
    await files.makeDirectory(directory)
    const file = await files.open(join(directory, `${tenantMark}${encodeTenant(tenant)}`), 'create')
    await file.sync()
    await file.close()
    await files.syncDirectory(directory)
  }
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : redactUrl(url)
}
