// Every component Weir runs, in alphabetical order.
import type { ComponentType } from '../runtime/component.ts'
import { discoveryDocker } from './discovery/docker/component.ts'
import { discoveryRelabel } from './discovery/relabel/component.ts'
import { lokiSourceDocker } from './loki/source/docker/component.ts'
import { otelcolProcessorProbabilisticSampler } from './otelcol/processor/probabilistic_sampler/component.ts'
import { prometheusRelabel } from './prometheus/relabel/component.ts'

export const componentTypes: readonly ComponentType[] = [
  discoveryDocker,
  discoveryRelabel,
  lokiSourceDocker,
  otelcolProcessorProbabilisticSampler,
  prometheusRelabel,
]
