import { componentSummaries } from './component-summaries.ts'
import { configBlockDocs } from './config-block-docs.ts'
import { Dictionary } from './dictionary.ts'
import { discoveryDocs } from './discovery-docs.ts'
import { functionDocs } from './function-docs.ts'
import { lokiDocs } from './loki-docs.ts'
import { lokiProcessDocs } from './loki-process-docs.ts'
import { otelcolDocs } from './otelcol-docs.ts'
import { prometheusDocs } from './prometheus-docs.ts'
import { unsupportedReasons } from './unsupported-reasons.ts'

export const koreanSentences = [
  componentSummaries,
  configBlockDocs,
  discoveryDocs,
  functionDocs,
  lokiDocs,
  lokiProcessDocs,
  otelcolDocs,
  prometheusDocs,
  unsupportedReasons,
]

const dictionary = new Dictionary(koreanSentences)

/** An English sentence of Weir in Korean; any other text as it is. */
export const toKorean = dictionary.translate
