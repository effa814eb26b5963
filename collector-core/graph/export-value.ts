// Exports as the language sees them: receivers and rules are capsules, targets are lists of objects.
import { Secret } from '../language/secret.ts'
import { arrayValue, capsuleValue, nullValue, objectValue, secretValue, stringValue } from '../language/value.ts'
import type { Value } from '../language/value.ts'
import type { PortKind } from '../known-components.ts'
import type { Labels } from '../signal/labels.ts'
import { refused } from '../signal/receiver.ts'
import type { Receiver, Signal } from '../signal/receiver.ts'
import { receiverName } from '../schema/shape.ts'
import type { Shape } from '../schema/shape.ts'

/** What a receiver capsule holds: the receiver and whose export it is. */
export class ReceiverExport {
  readonly owner: string
  readonly name: string
  readonly receiver: Receiver<Signal>

  constructor(owner: string, name: string, receiver: Receiver<Signal>) {
    this.owner = owner
    this.name = name
    this.receiver = receiver
  }
}

/** The value of a published export. */
export function exportValue(owner: string, name: string, shape: Shape, published: unknown): Value {
  if (published === undefined || published === null) return zeroExport(owner, name, shape)
  switch (shape.kind) {
    case 'receiver':
      return capsuleValue(receiverName(shape.signal), new ReceiverExport(owner, name, published as Receiver<Signal>), {
        equals: (other) => other instanceof ReceiverExport && other.receiver === published,
      })
    case 'rules':
      return capsuleValue('RelabelRules', published)
    case 'targets':
      return arrayValue((published as readonly Labels[]).map(targetValue))
    default:
      if (published instanceof Secret)
        return published.masked ? secretValue(published) : stringValue(published.reveal())
      return typeof published === 'string' ? stringValue(published) : nullValue
  }
}

/** The value of an export nobody has published yet, as Alloy has it: empty, but of the right kind. */
export function zeroExport(owner: string, name: string, shape: Shape): Value {
  switch (shape.kind) {
    case 'receiver':
      return capsuleValue(receiverName(shape.signal), new ReceiverExport(owner, name, unpublished(owner, shape.signal)))
    case 'rules':
      return capsuleValue('RelabelRules', [])
    case 'targets':
      return arrayValue([])
    default:
      return stringValue('')
  }
}

/** Stands in for the export of a component that cannot run: receivers are skipped, everything else is empty. */
export function opaqueExport(port: PortKind): Value {
  return port === 'targets' ? arrayValue([]) : port === 'rules' ? capsuleValue('RelabelRules', []) : nullValue
}

function targetValue(target: Labels): Value {
  const fields: [string, Value][] = []
  for (const [name, value] of target) fields.push([name, stringValue(value)])
  return objectValue(fields)
}

function unpublished(owner: string, signal: Signal): Receiver<Signal> {
  return { signal, accept: () => Promise.resolve(refused(`${owner} takes nothing yet`)) }
}
