// Everything a config may be made of, as data: what Weir runs, what it only knows, and the blocks around components.
import { definition as discoveryDocker } from './components/discovery/docker/definition.ts'
import { definition as discoveryRelabel } from './components/discovery/relabel/definition.ts'
import { definition as localFile } from './components/local/file/definition.ts'
import { definition as localFileMatch } from './components/local/file_match/definition.ts'
import { definition as lokiEcho } from './components/loki/echo/definition.ts'
import { definition as lokiProcess } from './components/loki/process/definition.ts'
import { definition as lokiRelabel } from './components/loki/relabel/definition.ts'
import { definition as lokiSourceDocker } from './components/loki/source/docker/definition.ts'
import { definition as lokiSourceFile } from './components/loki/source/file/definition.ts'
import { definition as lokiWrite } from './components/loki/write/definition.ts'
import { definition as otelcolExporterDebug } from './components/otelcol/exporter/debug/definition.ts'
import { definition as otelcolExporterOtlp } from './components/otelcol/exporter/otlp/definition.ts'
import { definition as otelcolExporterOtlphttp } from './components/otelcol/exporter/otlphttp/definition.ts'
import { definition as otelcolProcessorBatch } from './components/otelcol/processor/batch/definition.ts'
import { definition as otelcolProcessorProbabilisticSampler } from './components/otelcol/processor/probabilistic_sampler/definition.ts'
import { definition as otelcolReceiverOtlp } from './components/otelcol/receiver/otlp/definition.ts'
import { definition as prometheusEcho } from './components/prometheus/echo/definition.ts'
import { definition as prometheusExporterSelf } from './components/prometheus/exporter/self/definition.ts'
import { definition as prometheusRelabel } from './components/prometheus/relabel/definition.ts'
import { definition as prometheusRemoteWrite } from './components/prometheus/remote_write/definition.ts'
import { definition as prometheusScrape } from './components/prometheus/scrape/definition.ts'
import { configBlocks } from './config-blocks/index.ts'
import { knownBlocks, knownComponents } from './known-components.ts'
import type { KnownComponent } from './known-components.ts'
import type { ConfigBlockDefinition, Definition } from './schema/definition.ts'

export interface Catalog {
  /** What Weir runs, by name. */
  readonly components: ReadonlyMap<string, Definition>
  /** Every component of Alloy, by name. */
  readonly known: ReadonlyMap<string, KnownComponent>
  readonly configBlocks: ReadonlyMap<string, ConfigBlockDefinition>
  /** Blocks of the language that cannot run yet, with what they are. */
  readonly unsupportedBlocks: ReadonlyMap<string, string>
}

const definitions: readonly Definition[] = [
  discoveryDocker,
  discoveryRelabel,
  localFile,
  localFileMatch,
  lokiEcho,
  lokiProcess,
  lokiRelabel,
  lokiSourceDocker,
  lokiSourceFile,
  lokiWrite,
  otelcolExporterDebug,
  otelcolExporterOtlp,
  otelcolExporterOtlphttp,
  otelcolProcessorBatch,
  otelcolProcessorProbabilisticSampler,
  otelcolReceiverOtlp,
  prometheusEcho,
  prometheusExporterSelf,
  prometheusRelabel,
  prometheusRemoteWrite,
  prometheusScrape,
]

export const catalog: Catalog = {
  components: new Map(definitions.map((definition) => [definition.name, definition])),
  known: knownComponents,
  configBlocks: new Map(configBlocks.map((definition) => [definition.name, definition])),
  unsupportedBlocks: knownBlocks,
}
