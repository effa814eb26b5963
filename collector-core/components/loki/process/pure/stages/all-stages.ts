import { criStage } from './cri.ts'
import { decolorizeStage } from './decolorize.ts'
import { dockerStage } from './docker.ts'
import { dropStage } from './drop.ts'
import { eventLogMessageStage } from './eventlogmessage.ts'
import { geoipStage } from './geoip.ts'
import { jsonStage } from './json.ts'
import { labelDropStage } from './label-drop.ts'
import { labelKeepStage } from './label-keep.ts'
import { labelsStage } from './labels.ts'
import { limitStage } from './limit.ts'
import { logfmtStage } from './logfmt.ts'
import { luhnStage } from './luhn.ts'
import { matchStage } from './match.ts'
import { metricsStage } from './metrics.ts'
import { multilineStage } from './multiline.ts'
import { outputStage } from './output.ts'
import { packStage } from './pack.ts'
import { patternStage } from './pattern.ts'
import { regexStage } from './regex.ts'
import { replaceStage } from './replace.ts'
import { samplingStage } from './sampling.ts'
import { splitJsonStage } from './split-json.ts'
import type { StageTable } from './stage-list.ts'
import { staticLabelsStage } from './static-labels.ts'
import { structuredMetadataDropStage } from './structured-metadata-drop.ts'
import { structuredMetadataStage } from './structured-metadata.ts'
import { templateStage } from './template.ts'
import { tenantStage } from './tenant.ts'
import { timestampStage } from './timestamp.ts'
import { truncateStage } from './truncate.ts'
import { windowsEventStage } from './windowsevent.ts'

/** Every stage, by the part of its block name after `stage.`. */
export const allStages: StageTable = {
  cri: criStage,
  decolorize: decolorizeStage,
  docker: dockerStage,
  drop: dropStage,
  eventlogmessage: eventLogMessageStage,
  geoip: geoipStage,
  json: jsonStage,
  label_drop: labelDropStage,
  label_keep: labelKeepStage,
  labels: labelsStage,
  limit: limitStage,
  logfmt: logfmtStage,
  luhn: luhnStage,
  match: matchStage(() => allStages),
  metrics: metricsStage,
  multiline: multilineStage,
  output: outputStage,
  pack: packStage,
  pattern: patternStage,
  regex: regexStage,
  replace: replaceStage,
  sampling: samplingStage,
  split_json: splitJsonStage,
  static_labels: staticLabelsStage,
  structured_metadata: structuredMetadataStage,
  structured_metadata_drop: structuredMetadataDropStage,
  template: templateStage,
  tenant: tenantStage,
  timestamp: timestampStage,
  truncate: truncateStage,
  windowsevent: windowsEventStage,
}
