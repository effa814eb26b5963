import { argumentComplaints } from './argument-complaints.ts'
import { componentSummaries } from './component-summaries.ts'
import { composedSentences } from './composed-sentences.ts'
import { configBlockDocs } from './config-block-docs.ts'
import { configComplaints } from './config-complaints.ts'
import { connectionSentences } from './connection-sentences.ts'
import { Dictionary } from './dictionary.ts'
import { discoveryDocs } from './discovery-docs.ts'
import { functionDocs } from './function-docs.ts'
import { healthSentences } from './health-sentences.ts'
import { hostSentences } from './host-sentences.ts'
import { lokiDocs } from './loki-docs.ts'
import { lokiProcessDocs } from './loki-process-docs.ts'
import { otelcolDocs } from './otelcol-docs.ts'
import { chooseParticles } from './particles.ts'
import { prometheusDocs } from './prometheus-docs.ts'
import { stackSentences } from './stack-sentences.ts'
import { unsupportedReasons } from './unsupported-reasons.ts'

const dictionary = new Dictionary([
  argumentComplaints,
  componentSummaries,
  composedSentences,
  configBlockDocs,
  configComplaints,
  connectionSentences,
  discoveryDocs,
  functionDocs,
  healthSentences,
  hostSentences,
  lokiDocs,
  lokiProcessDocs,
  otelcolDocs,
  prometheusDocs,
  stackSentences,
  unsupportedReasons,
])

/** An English sentence of Weir in Korean; any other text as it is. */
export const toKorean = (english: string): string => chooseParticles(dictionary.translate(english))
