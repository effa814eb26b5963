import { float, string } from '../../../../../schema/field.ts'
import { defineStage } from './stage.ts'

/** Keeps a random share of the entries. */
export const samplingStage = defineStage({
  fields: {
    rate: float('Share of the entries to keep, 0 to 1.', { required: true, min: 0, max: 1 }),
    drop_counter_reason: string('Reason the drops are counted under.', { default: 'sampling_stage' }),
  },
  build:
    ({ rate, drop_counter_reason: reason }, context, next) =>
    (entry) => {
      if (context.random() < rate) next(entry)
      else context.drop(1, reason || 'sampling_stage')
    },
})
