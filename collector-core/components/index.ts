// Every component Weir runs, in alphabetical order.
import type { ComponentType } from '../runtime/component.ts'
import { discoveryDocker } from './discovery/docker/component.ts'
import { discoveryRelabel } from './discovery/relabel/component.ts'
import { localFile } from './local/file/component.ts'
import { localFileMatch } from './local/file_match/component.ts'
import { lokiEcho } from './loki/echo/component.ts'
import { lokiProcess } from './loki/process/component.ts'
import { lokiRelabel } from './loki/relabel/component.ts'
import { lokiSourceDocker } from './loki/source/docker/component.ts'
import { lokiSourceFile } from './loki/source/file/component.ts'
import { lokiWrite } from './loki/write/component.ts'
import { otelcolExporterDebug } from './otelcol/exporter/debug/component.ts'
import { otelcolExporterOtlp } from './otelcol/exporter/otlp/component.ts'
import { otelcolExporterOtlphttp } from './otelcol/exporter/otlphttp/component.ts'
import { otelcolProcessorBatch } from './otelcol/processor/batch/component.ts'
import { otelcolProcessorProbabilisticSampler } from './otelcol/processor/probabilistic_sampler/component.ts'
import { otelcolReceiverOtlp } from './otelcol/receiver/otlp/component.ts'
import { prometheusEcho } from './prometheus/echo/component.ts'
import { prometheusExporterSelf } from './prometheus/exporter/self/component.ts'
import { prometheusRelabel } from './prometheus/relabel/component.ts'
import { prometheusRemoteWrite } from './prometheus/remote_write/component.ts'
import { prometheusScrape } from './prometheus/scrape/component.ts'

export const componentTypes: readonly ComponentType[] = [
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
