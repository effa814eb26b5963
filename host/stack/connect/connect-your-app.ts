import type { ConnectYourApp } from '../../contract/stack.ts'
import { readPipeline } from '../proof/receivers.ts'
import { managedLabel } from '../docker/labels.ts'
import type { FoundEngine } from '../engine/find-engine.ts'

/** What a program of this machine needs to send to the collector at `host:port`, from the config that runs there. */
export async function connectYourApp(collector: string, engine: () => Promise<FoundEngine>): Promise<ConnectYourApp> {
  const [running, containers] = await Promise.all([readPipeline(collector), otherContainers(engine)])
  const receiver = running?.receivers.find(({ healthy }) => healthy)
  const { http, grpc } = receiver ?? {}
  const environment = environmentFor(http, grpc)
  const sink = running?.pipeline.nodes.find(({ name }) => name === 'prometheus.remote_write')?.id
  return {
    environment,
    shell: environment.map(({ name, value }) => `export ${name}=${value}`).join('\n'),
    scrape: scrapeBlock(sink),
    otlpGrpc: grpc,
    otlpHttp: http === undefined ? undefined : `http://${http}`,
    containers,
  }
}

function environmentFor(http: string | undefined, grpc: string | undefined): ConnectYourApp['environment'] {
  if (http === undefined && grpc === undefined) return []
  return [
    { name: 'OTEL_SERVICE_NAME', value: 'my-service' },
    { name: 'OTEL_EXPORTER_OTLP_ENDPOINT', value: `http://${http ?? grpc ?? ''}` },
    { name: 'OTEL_EXPORTER_OTLP_PROTOCOL', value: http === undefined ? 'grpc' : 'http/protobuf' },
    { name: 'OTEL_METRICS_EXEMPLAR_FILTER', value: 'trace_based' },
  ]
}

/** Alloy text that scrapes a Spring Boot app; `sink` is the component its samples go to. */
function scrapeBlock(sink: string | undefined): string {
  const target = sink ?? 'prometheus.remote_write.mimir'
  return `prometheus.scrape "my_service" {
	targets = [{
		"__address__" = "127.0.0.1:8080",
		"job"         = "my-service",
	}]
	forward_to      = [${target}.receiver]
	metrics_path    = "/actuator/prometheus"
	scrape_interval = "15s"
}
`
}

const mostContainers = 200

async function otherContainers(engine: () => Promise<FoundEngine>): Promise<ConnectYourApp['containers']> {
  const { connection } = await engine()
  const abortSignal = AbortSignal.timeout(5000)
  const listed = await connection?.docker.listContainers({ abortSignal }).catch(() => [])
  return (listed ?? [])
    .filter(({ Labels }) => Labels[managedLabel] !== 'true')
    .slice(0, mostContainers)
    .map(({ Names, Id, Image, Ports }) => ({
      name: Names[0]?.replace(/^\//, '') ?? Id.slice(0, 12),
      image: Image,
      ports: [...new Set(Ports.flatMap(({ PublicPort }) => (PublicPort > 0 ? [PublicPort] : [])))],
    }))
}
