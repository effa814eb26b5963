import { catalog } from '../../collector-core/catalog.ts'
import { checkConfig } from '../../collector-core/graph/check.ts'
import type { CollectorSupervisor } from '../collector-supervisor/supervisor.ts'
import { systemFacts } from '../system-facts.ts'

/**
 * Where the running pipeline takes OTLP over HTTP. Only an address a healthy component of this collector listens on:
 * whatever else is there gets nothing made-up.
 */
export class ReceiverFinder {
  private readonly supervisor: Pick<CollectorSupervisor, 'runningText' | 'component'>
  private text = ''
  private receivers: readonly { readonly id: string; readonly address: string }[] = []

  constructor(supervisor: Pick<CollectorSupervisor, 'runningText' | 'component'>) {
    this.supervisor = supervisor
  }

  async find(): Promise<string | undefined> {
    const { runningText } = this.supervisor
    if (runningText !== this.text) {
      this.text = runningText
      this.receivers = receiversIn(runningText)
    }
    for (const { id, address } of this.receivers) {
      const info = await this.supervisor.component(id).catch(() => undefined)
      if (info?.health.state === 'healthy') return address
    }
    return undefined
  }
}

function receiversIn(text: string): { id: string; address: string }[] {
  const { graph, args } = checkConfig([{ file: '', text }], catalog, systemFacts())
  return graph.components.flatMap(({ id, name }) => {
    const endpoint = name === 'otelcol.receiver.otlp' ? httpEndpoint(args.get(id)) : undefined
    return endpoint === undefined ? [] : [{ id, address: endpoint.replace(/^(0\.0\.0\.0|\[::\])?:/, '127.0.0.1:') }]
  })
}

function httpEndpoint(args: Readonly<Record<string, unknown>> | undefined): string | undefined {
  const http = args?.http
  if (typeof http !== 'object' || http === null || !('endpoint' in http)) return undefined
  return typeof http.endpoint === 'string' ? http.endpoint : undefined
}
