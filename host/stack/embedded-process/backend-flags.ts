import type { StackPorts } from '../../contract/stack.ts'

/** The flags of `weir backend` for these ports and this folder. */
export function backendFlags(ports: StackPorts, folder: string): readonly string[] {
  const at = (name: keyof StackPorts): string => `127.0.0.1:${ports[name]}`
  return [
    `--loki.addr=${at('loki')}`,
    `--mimir.addr=${at('mimir')}`,
    `--tempo.addr=${at('tempo')}`,
    `--otlp.grpc-addr=${at('tempoGrpc')}`,
    `--otlp.http-addr=${at('tempoHttp')}`,
    `--storage.path=${folder}`,
  ]
}
