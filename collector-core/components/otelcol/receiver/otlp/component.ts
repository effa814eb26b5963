import type { Server } from 'node:net'
import { argumentsEqual } from '../../../../schema/arguments-equal.ts'
import { listen, parseListenAddress } from '../../../../net/server.ts'
import type { Listening } from '../../../../net/server.ts'
import { resolveServerTls } from '../../../../net/tls-server-options.ts'
import type { TlsServerArguments, TlsServerOptions } from '../../../../net/tls-server-options.ts'
import { implement, untilStopped } from '../../../../runtime/component.ts'
import type { DefinitionArguments } from '../../../../schema/definition.ts'
import { WeirError } from '../../../../weir-error.ts'
import { definition } from './definition.ts'
import { grpcEndpoint } from './grpc-endpoint.ts'
import { httpEndpoint } from './http-endpoint.ts'
import { RequestIntake } from './intake.ts'

type Arguments = DefinitionArguments<typeof definition>

/** How long running requests may take to finish when a server stops, milliseconds. */
const closeGraceMs = 2_000

export const otelcolReceiverOtlp = implement(definition, (args, context) => {
  const intake = new RequestIntake(context.id, context.metrics, args.output)
  let wanted = args
  let listening: Listening[] = []
  let running = false
  let announce: () => void = () => undefined
  const started = new Promise<void>((resolve) => (announce = resolve))

  const warned = new Map<string, number>()
  /** Tells of each kind of misdirected request at most once a minute. */
  const onRefused = (reason: string): void => {
    const now = context.clock.monotonic()
    if (now - (warned.get(reason) ?? -Infinity) < 60_000) return
    if (warned.size > 100) warned.clear()
    warned.set(reason, now)
    context.log.warn('a request was not taken', { reason })
  }

  async function open(
    endpoint: string,
    make: (tls: TlsServerOptions | undefined) => Server,
    tls: TlsServerArguments | undefined,
  ): Promise<void> {
    const address = parseListenAddress(endpoint)
    if (address === undefined) {
      throw new WeirError(
        'bad-address',
        `"${endpoint}" is not an address to listen on`,
        'Write host:port, as in 0.0.0.0:4317.',
      )
    }
    const outcome = await listen(make(tls === undefined ? undefined : await resolveServerTls(tls)), address)
    if (outcome instanceof Error) throw outcome
    listening.push(outcome)
  }

  async function start({ grpc, http }: Arguments): Promise<void> {
    try {
      if (grpc) await open(grpc.endpoint, (tls) => grpcEndpoint(grpc, tls, intake, onRefused), grpc.tls)
      if (http) await open(http.endpoint, (tls) => httpEndpoint(http, tls, intake, onRefused), http.tls)
      context.report({ state: 'healthy', message: describe(listening) })
    } catch (error) {
      await close()
      const message = error instanceof WeirError ? `${error.message}. ${error.nextStep}` : String(error)
      context.log.error('the receiver cannot listen', { error: message })
      context.report({ state: 'unhealthy', message })
    }
  }

  async function close(): Promise<void> {
    const closing = listening
    listening = []
    await Promise.all(closing.map((server) => server.close(closeGraceMs)))
  }

  return {
    started,
    async run(stop) {
      running = true
      await start(wanted)
      announce()
      await untilStopped(stop)
      running = false
      await close()
    },
    async update(changed) {
      const before = wanted
      wanted = changed
      intake.send(changed.output)
      const sameServers = argumentsEqual([before.grpc, before.http], [changed.grpc, changed.http])
      if (!running || (sameServers && listening.length > 0)) return
      await close()
      await start(changed)
    },
    debugInfo: () =>
      listening.map(({ host, port }) => ({ kind: 'attribute', name: 'listening', value: `${host}:${port}` })),
  }
})

function describe(listening: readonly Listening[]): string {
  if (listening.length === 0) return 'nothing to listen on: neither grpc nor http is configured'
  return `listening on ${listening.map(({ host, port }) => `${host}:${port}`).join(' and ')}`
}
