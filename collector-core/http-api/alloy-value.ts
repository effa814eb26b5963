// Arguments, exports and debug info in the JSON shape Alloy's web API uses, so that scripts written for it keep working.
import { Secret } from '../language/secret.ts'
import { formatDuration } from '../language/duration.ts'
import { redactUrls } from '../language/redact-url.ts'
import type { Field, Fields, Variant } from '../schema/field.ts'
import { receiverName } from '../schema/shape.ts'
import type { Shape } from '../schema/shape.ts'
import { argumentsEqual } from '../schema/arguments-equal.ts'
import { Labels } from '../signal/labels.ts'
import type { Label } from '../signal/labels.ts'
import type { DebugInfo } from '../runtime/component.ts'
import type { AlloyStatement, AlloyValue } from './contract.ts'

/** Decoded values of a set of fields as a body; values equal to their default are left out, secrets and passwords in URLs are masked. */
export function describeFields(fields: Fields, values: Readonly<Record<string, unknown>>): AlloyStatement[] {
  return Object.entries(fields).flatMap(([name, field]) => describeField(name, field, values[name]))
}

function describeField(name: string, field: Field, value: unknown): AlloyStatement[] {
  const { shape } = field
  if (value === undefined || value === null) return []
  switch (shape.kind) {
    case 'block':
      return [{ name, type: 'block', body: describeFields(shape.fields, value as Record<string, unknown>) }]
    case 'blocks':
      return (value as readonly Record<string, unknown>[]).map((item) => ({
        name,
        type: 'block',
        body: describeFields(shape.fields, item),
      }))
    case 'variants':
      return (value as readonly Variant[]).map(({ variant, arguments: args }) => ({
        name: `${shape.prefix}.${variant}`,
        type: 'block',
        body: describeFields(shape.of()[variant], args as Record<string, unknown>),
      }))
    default:
      if (!field.required && argumentsEqual(value, field.default)) return []
      return [{ name, type: 'attr', value: describeValue(shape, value) }]
  }
}

function describeValue(shape: Shape, value: unknown): AlloyValue {
  switch (shape.kind) {
    case 'duration':
      return { type: 'string', value: formatDuration(value as number) }
    case 'receiver':
      return { type: 'capsule', value: `capsule("${receiverName(shape.signal)}")` }
    case 'receivers':
      return {
        type: 'array',
        value: (value as readonly unknown[]).map(() => ({
          type: 'capsule',
          value: `capsule("${receiverName(shape.signal)}")`,
        })),
      }
    case 'rules':
      return { type: 'capsule', value: 'capsule("RelabelRules")' }
    case 'list':
      return { type: 'array', value: (value as readonly unknown[]).map((item) => describeValue(shape.of, item)) }
    default:
      return plainValue(value)
  }
}

/** Any plain value, label set, map or secret. */
export function plainValue(value: unknown): AlloyValue {
  if (value === null || value === undefined) return { type: 'null', value: null }
  if (typeof value === 'number') return { type: 'number', value }
  if (typeof value === 'boolean') return { type: 'bool', value }
  if (typeof value === 'string') return { type: 'string', value: redactUrls(value) }
  if (value instanceof Secret) return { type: 'capsule', value: '(secret)' }
  if (value instanceof Date) return { type: 'string', value: value.toISOString() }
  if (Array.isArray(value)) return { type: 'array', value: value.map(plainValue) }
  if (value instanceof Labels) return objectValue([...value].map(withoutUser))
  if (value instanceof Map) return objectValue([...(value as Iterable<[string, unknown]>)])
  if (typeof value === 'object') return objectValue(Object.entries(value))
  return { type: 'capsule', value: 'capsule("unknown")' }
}

/** The address of a target may hold a user and a password, which nobody scrapes by. */
function withoutUser([name, value]: Label): Label {
  return [name, name === '__address__' ? value.replace(/^.*@/, '') : value]
}

function objectValue(entries: readonly (readonly [string, unknown])[]): AlloyValue {
  const sorted = [...entries].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  return { type: 'object', value: sorted.map(([key, value]) => ({ key, value: plainValue(value) })) }
}

/** Debug info as a body. */
export function describeDebugInfo(info: DebugInfo): AlloyStatement[] {
  return info.map((statement) =>
    statement.kind === 'attribute'
      ? { name: statement.name, type: 'attr', value: plainValue(statement.value) }
      : {
          name: statement.name,
          type: 'block',
          ...(statement.label !== undefined && { label: statement.label }),
          body: describeDebugInfo(statement.body),
        },
  )
}
