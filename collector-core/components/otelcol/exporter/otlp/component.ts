import { isIP } from 'node:net'
import { OtlpDelivery } from '../../../../delivery/otlp-delivery.ts'
import { argumentsEqual } from '../../../../schema/arguments-equal.ts'
import { classifyFailure } from '../../../../net/failure.ts'
import { failureOutcome } from '../../../../net/http-outcome.ts'
import type { Outcome } from '../../../../net/http-outcome.ts'
import { GrpcClient } from '../../../../net/grpc/client.ts'
import { otlpUsesTls, resolveOtlpTls } from '../../../../net/tls-options.ts'
import { implement } from '../../../../runtime/component.ts'
import type { DefinitionArguments } from '../../../../schema/definition.ts'
import type { OtlpKind } from '../../../../signal/otlp-batch.ts'
import { exportMethods } from '../../../../wire/otlp/methods.ts'
import { definition } from './definition.ts'
import { grpcOutcome } from './grpc-outcome.ts'
import { grpcTarget } from './pure/grpc-target.ts'

type Arguments = DefinitionArguments<typeof definition>

export const otelcolExporterOtlp = implement(definition, (args, context) => {
  let wanted = args
  let client: GrpcClient | undefined

  async function connect({ client: settings }: Arguments): Promise<GrpcClient | Outcome> {
    const parsed = grpcTarget(settings.endpoint)
    if ('problem' in parsed) return { kind: 'rejected', reason: `"${settings.endpoint}" is not an endpoint` }
    const options = { target: parsed.target, authority: settings.authority, userAgent: context.userAgent }
    if (parsed.scheme !== 'https' && !otlpUsesTls(settings.tls, undefined)) return new GrpcClient(options)
    const tls = await resolveOtlpTls(settings.tls)
    // A certificate that cannot be read may be there later: the queue waits for it.
    if ('kind' in tls) return { kind: 'retry', reason: `${tls.message}. ${tls.nextStep}` }
    const { ca, ...rest } = tls
    // An address is checked against the certificate as it stands; TLS has no server name for it.
    const servername = isIP(parsed.host) === 0 ? parsed.host : undefined
    return new GrpcClient({
      ...options,
      tls: { ...(servername !== undefined && { servername }), ...rest, ...(ca && { ca: [...ca] }) },
    })
  }

  async function send(kind: OtlpKind, request: Uint8Array, stop: AbortSignal): Promise<Outcome> {
    if (client === undefined) {
      const connected = await connect(wanted)
      if (!(connected instanceof GrpcClient)) return connected
      client = connected
    }
    const { compression, headers } = wanted.client
    const metadata: Record<string, string> = {}
    for (const [name, value] of headers) metadata[name.toLowerCase()] = value.reveal()
    const result = await client.call(
      {
        method: exportMethods[kind],
        message: request,
        metadata,
        compression: compression === 'gzip' ? 'gzip' : 'none',
        timeoutMs: wanted.timeout,
      },
      stop,
    )
    if (result.kind === 'failure') return failureOutcome(classifyFailure(result.error, wanted.client.endpoint))
    return grpcOutcome(kind, result, (warning) => context.log.warn(warning))
  }

  const settingsOf = ({ sending_queue, retry_on_failure }: Arguments) => ({ sending_queue, retry_on_failure, send })
  const delivery = new OtlpDelivery(context, settingsOf(args))
  context.publish({ input: delivery.input })

  return {
    async run(stop) {
      await delivery.run(stop)
      client?.close()
    },
    update(changed) {
      if (!argumentsEqual(wanted.client, changed.client)) {
        client?.close()
        client = undefined
      }
      wanted = changed
      delivery.reconfigure(settingsOf(changed))
    },
    debugInfo: () => delivery.debugInfo(),
  }
})
