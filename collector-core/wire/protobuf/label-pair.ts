import type { Label } from '../../signal/labels.ts'
import type { ProtobufReader } from './reader.ts'

/** Decodes a label: 1 name string, 2 value string. */
export function readLabelPair(reader: ProtobufReader): Label {
  let name = ''
  let value = ''
  while (reader.next()) {
    if (reader.field === 1) name = reader.string()
    else if (reader.field === 2) value = reader.string()
    else reader.skip()
  }
  return [name, value]
}
