import { argumentsEqual } from '../../../../schema/arguments-equal.ts'
import { resolveServerTls } from '../../../../net/tls-server-options.ts'
import { implement, untilStopped } from '../../../../runtime/component.ts'
import type { DefinitionArguments } from '../../../../schema/definition.ts'
import { definition } from './definition.ts'
import { grpcEndpoint } from './grpc-endpoint.ts'
import type { GrpcArguments } from './grpc-endpoint.ts'
import { httpEndpoint } from './http-endpoint.ts'
import type { HttpArguments } from './http-endpoint.ts'
import { RequestIntake } from './request-intake.ts'
import { ServedPort } from './served-port.ts'

type Arguments = DefinitionArguments<typeof definition>

export const otelcolReceiverOtlp = implement(definition, (args, context) => {
  const { clock } = context
  const intake = new RequestIntake(context, args.output)
  const ports = { grpc: new ServedPort(clock, report), http: new ServedPort(clock, report) }
  let wanted = args
  let running = false
  let announce: () => void = () => undefined
  const started = new Promise<void>((resolve) => (announce = resolve))

  function report(): void {
    const problems = [ports.grpc.problem, ports.http.problem].filter((problem) => problem !== undefined)
    if (problems.length > 0) {
      const message = problems.map((problem) => `${problem.message}. ${problem.nextStep}`).join(' ')
      context.report({ state: 'unhealthy', message })
      return
    }
    const addresses = [ports.grpc.address, ports.http.address].filter((address) => address !== undefined)
    const message =
      addresses.length === 0
        ? 'nothing to listen on: neither grpc nor http is configured'
        : `listening on ${addresses.join(' and ')}`
    context.report({ state: 'healthy', message })
  }

  const startGrpc = (grpc: GrpcArguments): Promise<void> =>
    ports.grpc.start(grpc, async () =>
      grpcEndpoint(grpc, grpc.tls && (await resolveServerTls(grpc.tls)), intake, clock),
    )
  const startHttp = (http: HttpArguments): Promise<void> =>
    ports.http.start({ endpoint: http.endpoint, transport: 'tcp' }, async () => ({
      server: httpEndpoint(http, http.tls && (await resolveServerTls(http.tls)), intake, clock),
    }))

  async function start({ grpc, http }: Partial<Arguments>): Promise<void> {
    await Promise.all([grpc && startGrpc(grpc), http && startHttp(http)])
  }

  return {
    started,
    async run(stop) {
      running = true
      await start(wanted)
      report()
      announce()
      await untilStopped(stop)
      running = false
      await Promise.all([ports.grpc.stop(), ports.http.stop()])
    },
    async update(changed) {
      const before = wanted
      wanted = changed
      intake.sendTo(changed.output)
      if (!running) return
      const grpcChanged = !argumentsEqual([before.grpc], [changed.grpc])
      const httpChanged = !argumentsEqual([before.http], [changed.http])
      await Promise.all([grpcChanged && ports.grpc.stop(), httpChanged && ports.http.stop()])
      await start({ ...(grpcChanged && { grpc: changed.grpc }), ...(httpChanged && { http: changed.http }) })
      report()
    },
    debugInfo: () =>
      (['grpc', 'http'] as const).flatMap((name) => {
        const { address } = ports[name]
        return address === undefined ? [] : [{ kind: 'attribute', name: `${name}_address`, value: address }]
      }),
  }
})
