import { defineComponent } from '../../../../schema/definition.ts'
import type { ArgumentProblem } from '../../../../schema/definition.ts'
import { block, string } from '../../../../schema/field.ts'
import {
  debugMetricsBlock,
  grpcServerFields,
  httpServerFields,
  isListenAddress,
  outputBlock,
} from '../../../../schema/otelcol-fields.ts'

export const definition = defineComponent({
  name: 'otelcol.receiver.otlp',
  summary: 'Takes traces, metrics and logs from OpenTelemetry SDKs and collectors over gRPC and HTTP.',
  stage: 'collect',
  arguments: {
    grpc: block(grpcServerFields('0.0.0.0:4317'), 'Serve OTLP over gRPC.'),
    http: block(
      {
        ...httpServerFields('0.0.0.0:4318'),
        traces_url_path: string('Path traces are sent to.', { default: '/v1/traces' }),
        metrics_url_path: string('Path metrics are sent to.', { default: '/v1/metrics' }),
        logs_url_path: string('Path logs are sent to.', { default: '/v1/logs' }),
      },
      'Serve OTLP over HTTP, protobuf and JSON.',
    ),
    output: outputBlock,
    debug_metrics: debugMetricsBlock,
  },
  exports: {},
  check({ grpc, http }): ArgumentProblem[] {
    const problems: ArgumentProblem[] = []
    if (grpc === undefined && http === undefined) {
      const message = 'neither a grpc nor an http block is written, so nothing listens: add one, empty is enough'
      problems.push({ path: [], message, severity: 'warning' })
    }
    const onFile = grpc?.transport === 'unix'
    for (const [name, endpoint] of Object.entries({
      grpc: onFile ? undefined : grpc?.endpoint,
      http: http?.endpoint,
    })) {
      if (endpoint !== undefined && !isListenAddress(endpoint)) {
        const message = `"${endpoint}" is not an address to listen on: write host:port, as in 0.0.0.0:4317`
        problems.push({ path: [name, 'endpoint'], message })
      }
    }
    if (onFile && !grpc.endpoint.includes('/')) {
      const message = `"${grpc.endpoint}" is not the path of a socket file, which transport = "unix" listens on`
      problems.push({ path: ['grpc', 'endpoint'], message })
    }
    for (const [name, path] of Object.entries({
      traces_url_path: http?.traces_url_path,
      metrics_url_path: http?.metrics_url_path,
      logs_url_path: http?.logs_url_path,
    })) {
      if (path !== undefined && !path.startsWith('/')) {
        problems.push({ path: ['http', name], message: `${name} must be a path that starts with "/"` })
      }
    }
    return problems
  },
  example: `otelcol.receiver.otlp "default" {
	grpc {
		endpoint = "127.0.0.1:4317"
	}

	http {
		endpoint = "127.0.0.1:4318"
	}

	output {
		traces = []
	}
}
`,
})
