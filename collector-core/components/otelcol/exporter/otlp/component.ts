import { compressionFor } from '../../../../delivery/compression-for.ts'
import { otlpDestination } from '../../../../delivery/destination.ts'
import { notePartialSuccess } from '../../../../delivery/note-partial-success.ts'
import { OtlpDelivery } from '../../../../delivery/otlp-delivery.ts'
import type { SendOutcome } from '../../../../delivery/otlp-delivery.ts'
import { argumentsEqual } from '../../../../schema/arguments-equal.ts'
import { failureOutcome } from '../../../../net/http-outcome.ts'
import { GrpcClient } from '../../../../net/grpc/client.ts'
import { otlpUsesTls, resolveOtlpTls } from '../../../../net/tls-options.ts'
import { implement } from '../../../../runtime/component.ts'
import type { DefinitionArguments } from '../../../../schema/definition.ts'
import type { OtlpKind } from '../../../../signal/otlp-batch.ts'
import { exportMethods } from '../../../../wire/otlp/methods.ts'
import { partialSuccess } from '../../../../wire/otlp/partial-success.ts'
import { definition } from './definition.ts'
import { grpcOutcome } from './grpc-outcome.ts'
import { grpcTarget } from './pure/grpc-target.ts'

type Arguments = DefinitionArguments<typeof definition>

export const otelcolExporterOtlp = implement(definition, (args, context) => {
  let wanted = args
  let client = clientOf(args)

  function clientOf({ client: settings }: Arguments): GrpcClient | undefined {
    const parsed = grpcTarget(settings.endpoint)
    if ('problem' in parsed) return undefined
    const secure = parsed.scheme === 'https' || otlpUsesTls(settings.tls, undefined)
    return new GrpcClient({
      target: parsed.target,
      ...(settings.authority !== undefined && settings.authority !== '' && { authority: settings.authority }),
      userAgent: context.userAgent,
      clock: context.clock,
      ...(secure && {
        tls: async () => {
          const tls = await resolveOtlpTls(settings.tls)
          if ('kind' in tls) return tls
          const { ca, ...rest } = tls
          return { ...rest, ...(ca && { ca: [...ca] }) }
        },
      }),
    })
  }

  async function send(kind: OtlpKind, message: readonly Uint8Array[], stop: AbortSignal): Promise<SendOutcome> {
    const { endpoint, compression, headers } = wanted.client
    const target = grpcTarget(endpoint)
    if (client === undefined || 'problem' in target) {
      return { kind: 'rejected', reason: `"${endpoint}" is not an endpoint`, unauthorized: true }
    }
    const metadata: Record<string, string> = {}
    for (const [name, value] of headers) metadata[name.toLowerCase()] = value.reveal()
    const call = {
      method: exportMethods[kind],
      message,
      metadata,
      compression:
        compression === 'gzip' || compression === 'snappy' ? compressionFor(compression, target.host) : 'none',
      timeoutMs: wanted.timeout,
    } as const
    const result = await client.call(call, stop)
    switch (result.kind) {
      case 'failure':
        return failureOutcome(result)
      case 'status':
        return grpcOutcome(result.status)
      case 'ok':
        notePartialSuccess(context, kind, partialSuccess(result.message))
        return { kind: 'delivered' }
    }
  }

  const settingsOf = ({ sending_queue, retry_on_failure, client: { endpoint, headers } }: Arguments) => {
    const target = grpcTarget(endpoint)
    const destination = otlpDestination('problem' in target ? endpoint : target.target, headers)
    return { exporter: 'otlp', sending_queue, retry_on_failure, destination: () => destination, send } as const
  }
  const delivery = new OtlpDelivery(context, settingsOf(args))
  context.publish({ input: delivery.input })

  return {
    async run(stop) {
      await delivery.run(stop)
      client?.close()
    },
    update(changed) {
      const clientChanged = !argumentsEqual(wanted.client, changed.client)
      wanted = changed
      if (clientChanged) {
        client?.close()
        client = clientOf(changed)
      }
      return delivery.reconfigure(settingsOf(changed))
    },
    debugInfo: () => delivery.debugInfo(),
    queue: () => delivery.queue(),
  }
})
