import { afterEach } from 'vitest'
import { argumentsFrom } from '../../../../../testing/arguments-from.ts'
import { recordingContext } from '../../../../../testing/component-context.ts'
import type { RecordingContext } from '../../../../../testing/component-context.ts'
import { RecordingOtlp } from '../../../../../testing/recording-receiver.ts'
import type { Component } from '../../../../../runtime/component.ts'
import type { DefinitionArguments } from '../../../../../schema/definition.ts'
import { otelcolReceiverOtlp } from '../component.ts'
import { definition } from '../definition.ts'

/** A request with one span named "a", and one with one log record. */
export const oneSpan = Buffer.from([0x0a, 7, 0x12, 5, 0x12, 3, 0x2a, 1, 0x61])
export const oneLog = Buffer.from([0x0a, 7, 0x12, 5, 0x12, 3, 0x1a, 1, 0x61])

type Arguments = DefinitionArguments<typeof definition>

/** A running receiver that takes traces and logs, on free ports of this machine. */
export interface StartedReceiver {
  readonly context: RecordingContext<typeof definition>
  readonly component: Component<Arguments>
  readonly traces: RecordingOtlp
  readonly logs: RecordingOtlp
  readonly httpPort: number
  readonly grpcPort: number
  /** The arguments of another body, sending where this one does. */
  argumentsOf(body: string): Arguments
  stop(): Promise<void>
}

const stops: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})

/** Starts a receiver with further arguments in its `http` and `grpc` blocks, for gRPC also an endpoint; stops it after the test. */
export async function startReceiver(http = '', grpc = ''): Promise<StartedReceiver> {
  const context = recordingContext<typeof definition>()
  const traces = new RecordingOtlp()
  const logs = new RecordingOtlp()
  const argumentsOf = (body: string): Arguments => ({
    ...argumentsFrom(definition, `${body}\noutput { }`),
    output: { traces: [traces], logs: [logs], metrics: [] },
  })
  const somewhere = 'endpoint = "127.0.0.1:0"\n'
  const body = `http {\n${somewhere}${http}\n}\ngrpc {\n${grpc.includes('endpoint') ? '' : somewhere}${grpc}\n}`
  const component = otelcolReceiverOtlp.build(argumentsOf(body), context)
  const stopping = new AbortController()
  const ended = component.run(stopping.signal)
  const stop = async (): Promise<void> => {
    stopping.abort()
    await ended
  }
  stops.push(stop)
  await component.started
  const port = (name: string): number => {
    const shown = component.debugInfo!().find((statement) => statement.name === name)
    return shown?.kind === 'attribute' ? Number(String(shown.value).split(':').at(-1)) : NaN
  }
  const ports = { httpPort: port('http_address'), grpcPort: port('grpc_address') }
  return { context, component, traces, logs, ...ports, argumentsOf, stop }
}
