import type { Labels } from '../../../signal/labels.ts'
import { streamKey } from '../../../wire/loki/stream-key.ts'

const tenantLabel = '__tenant_id__'

/** What a stream is to Loki. */
export interface StreamLabels {
  /** The labels as Loki has them, as text and as UTF-8. */
  readonly text: string
  readonly key: Uint8Array
  /** The tenant the lines bring along; undefined leaves it to the endpoint. */
  readonly tenant: string | undefined
  /** Whether no label is left for Loki. */
  readonly empty: boolean
}

/** Works out, once per label set, the stream and tenant that labels and `external` labels (which give way) make. */
export function streamLabels(external: ReadonlyMap<string, string>): (labels: Labels) => StreamLabels {
  const known = new WeakMap<Labels, StreamLabels>()
  return (labels) => {
    let stream = known.get(labels)
    if (stream === undefined) {
      const missing = [...external].filter(([name]) => !labels.has(name))
      const all = missing.length === 0 ? labels : labels.with(missing)
      const text = streamKey(all)
      const tenant = all.get(tenantLabel)
      stream = { text, key: Buffer.from(text), tenant: tenant === '' ? undefined : tenant, empty: text === '{}' }
      known.set(labels, stream)
    }
    return stream
  }
}
