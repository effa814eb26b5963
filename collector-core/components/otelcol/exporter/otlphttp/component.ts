import { compressionFor } from '../../../../delivery/compression-for.ts'
import { otlpDestination } from '../../../../delivery/destination.ts'
import { notePartialSuccess } from '../../../../delivery/note-partial-success.ts'
import { OtlpDelivery } from '../../../../delivery/otlp-delivery.ts'
import type { DeliverySettings, SendOutcome } from '../../../../delivery/otlp-delivery.ts'
import { argumentsEqual } from '../../../../schema/arguments-equal.ts'
import { createHttpClient } from '../../../../net/http-arguments.ts'
import type { HttpClient } from '../../../../net/http-arguments.ts'
import { resolveOtlpTls } from '../../../../net/tls-options.ts'
import { implement } from '../../../../runtime/component.ts'
import type { DefinitionArguments } from '../../../../schema/definition.ts'
import type { OtlpKind } from '../../../../signal/otlp-batch.ts'
import { joinPieces } from '../../../../wire/join-pieces.ts'
import { partialSuccess, partialSuccessOfJson } from '../../../../wire/otlp/partial-success.ts'
import { requestToJson } from '../../../../wire/otlp/to-json.ts'
import { compressBody } from './compress-body.ts'
import { definition } from './definition.ts'
import { httpOutcome } from './http-outcome.ts'

type Arguments = DefinitionArguments<typeof definition>

export const otelcolExporterOtlphttp = implement(definition, (args, context) => {
  let wanted = args
  let client = clientOf(args)

  function clientOf({ client: settings }: Arguments): HttpClient {
    return createHttpClient(
      { proxy_url: settings.proxy_url },
      { userAgent: context.userAgent, clock: context.clock, tls: () => resolveOtlpTls(settings.tls) },
    )
  }

  async function send(kind: OtlpKind, pieces: readonly Uint8Array[], stop: AbortSignal): Promise<SendOutcome> {
    const url = urlOf(kind, wanted)
    if (url === undefined) return { kind: 'rejected', reason: nowhere(kind)!, unauthorized: true }
    const encoded = encode(kind, pieces, wanted.encoding)
    if (encoded === undefined) {
      return { kind: 'rejected', reason: 'a malformed item cannot be sent as JSON', split: 'bisect' }
    }
    const { body, contentType } = encoded
    const { compression, compression_params: params } = wanted.client
    const coding = compressionFor(compression, new URL(url).hostname)
    const compressed = await compressBody(body, coding, params?.level ?? 0)
    const headers: [string, string][] = [['Content-Type', contentType]]
    if (compressed.coding !== undefined) headers.push(['Content-Encoding', compressed.coding])
    for (const [name, value] of wanted.client.headers) headers.push([name, value.reveal()])
    const result = await client.send({
      method: 'POST',
      url,
      headers,
      body: compressed.body,
      timeoutMs: wanted.client.timeout,
      signal: stop,
    })
    if (result.kind === 'failure' && result.code === 'aborted' && !stop.aborted) {
      return { kind: 'retry', reason: 'the arguments changed while the request was under way' }
    }
    const outcome = httpOutcome(result, context.clock.now())
    if (outcome.kind === 'delivered' && result.kind === 'response') {
      const json = result.headers.get('content-type')?.startsWith('application/json') === true
      notePartialSuccess(context, kind, (json ? partialSuccessOfJson : partialSuccess)(result.body))
    }
    return outcome
  }

  function nowhere(kind: OtlpKind): string | undefined {
    return urlOf(kind, wanted) === undefined
      ? `no endpoint is set for ${kind}: set client.endpoint or ${kind}_endpoint`
      : undefined
  }

  const settingsOf = ({ sending_queue, retry_on_failure }: Arguments): DeliverySettings => ({
    exporter: 'otlphttp',
    sending_queue,
    retry_on_failure,
    destination: (kind: OtlpKind) => otlpDestination(urlOf(kind, wanted) ?? '', wanted.client.headers),
    nowhere,
    send,
  })
  const delivery = new OtlpDelivery(context, settingsOf(args))
  context.publish({ input: delivery.input })

  return {
    async run(stop) {
      await delivery.run(stop)
      client.close()
    },
    update(changed) {
      const clientChanged = !argumentsEqual(wanted.client, changed.client)
      wanted = changed
      if (clientChanged) {
        client.close()
        client = clientOf(changed)
      }
      return delivery.reconfigure(settingsOf(changed))
    },
    debugInfo: () => delivery.debugInfo(),
    queue: () => delivery.queue(),
  }
})

function urlOf(kind: OtlpKind, args: Arguments): string | undefined {
  const own = args[`${kind}_endpoint`]
  if (own !== undefined && own !== '') return own
  return args.client.endpoint === '' ? undefined : `${args.client.endpoint.replace(/\/+$/, '')}/v1/${kind}`
}

/** A request in the wanted encoding; undefined when its inside is malformed, which JSON cannot carry. */
function encode(
  kind: OtlpKind,
  pieces: readonly Uint8Array[],
  encoding: Arguments['encoding'],
): { readonly body: readonly Uint8Array[]; readonly contentType: string } | undefined {
  if (encoding === 'proto') return { body: pieces, contentType: 'application/x-protobuf' }
  const json = requestToJson(kind, joinPieces(pieces))
  return json && { body: [Buffer.from(JSON.stringify(json))], contentType: 'application/json' }
}
