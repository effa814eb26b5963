// YAML to values, with the scalars of YAML 1.1 as Go programs read them: `012` is octal, `1_000` and `0b11` are numbers,
// dates become time stamps, but `yes` and `off` are text.

import { isAlias, isMap, isScalar, isSeq, parseDocument } from 'yaml'
import type { Document, Node, YAMLMap } from 'yaml'
import { textOf, wellFormed } from '../byte-text.ts'
import { floatValue, integerValue } from '../number.ts'
import { arrayValue, boolValue, capsuleValue, nullValue, objectValue, stringValue } from '../value.ts'
import type { Value } from '../value.ts'
import { decodeBase64 } from './base64.ts'
import { timestampText } from './yaml-timestamp.ts'

/** How many nodes a document may have once its aliases are followed. */
export const mostYamlNodes = 200_000
const deepestYaml = 500

/** The value of the first document, or a sentence about what is wrong with the text. */
export function readYaml(text: string): { readonly value: Value } | { readonly problem: string } {
  const document = parseDocument(wellFormed(text), {
    schema: 'failsafe',
    merge: false,
    uniqueKeys: true,
    prettyErrors: true,
  })
  const error = document.errors.find(({ code }) => code !== 'MULTIPLE_DOCS')
  if (error) return { problem: `is not YAML: ${error.message.split('\n')[0].replace(/:$/, '')}` }
  try {
    return { value: new Reader(document).value(document.contents) }
  } catch (unfit) {
    if (!(unfit instanceof UnfitYaml)) throw unfit
    return { problem: unfit.message }
  }
}

class UnfitYaml extends Error {}

class Reader {
  private nodes = 0
  private depth = 0
  private readonly document: Document

  constructor(document: Document) {
    this.document = document
  }

  value(node: Node | null): Value {
    if (++this.nodes > mostYamlNodes) throw new UnfitYaml(`is YAML with more than ${mostYamlNodes} parts`)
    if (this.depth > deepestYaml)
      throw new UnfitYaml(`is YAML nested deeper than ${deepestYaml} levels, or an alias inside itself`)
    this.depth++
    const value = this.read(node)
    this.depth--
    return value
  }

  private read(node: Node | null): Value {
    if (node === null) return nullValue
    if (isAlias(node)) {
      const target = node.resolve(this.document)
      if (target === undefined) throw new UnfitYaml(`is YAML with the unknown alias "*${node.source}"`)
      return this.value(target)
    }
    if (isSeq(node)) return arrayValue(node.items.map((item) => this.value(item as Node | null)))
    if (isMap(node)) return this.map(node)
    if (!isScalar(node)) return nullValue
    const text = node.source ?? ''
    if (node.tag !== undefined && node.tag !== '!') return tagged(text, node.tag)
    return node.type === 'PLAIN' || node.type === undefined ? plainScalar(text) : stringValue(text)
  }

  private map(map: YAMLMap): Value {
    const own = new Map<string, Value>()
    const merged = new Map<string, Value>()
    let foreignKey = false
    for (const { key, value } of map.items as { key: Node | null; value: Node | null }[]) {
      if (isScalar(key) && key.type === 'PLAIN' && key.value === '<<') {
        for (const [name, field] of this.merge(value)) if (!merged.has(name)) merged.set(name, field)
        continue
      }
      if (!isScalar(key) && !isAlias(key) && key !== null) throw new UnfitYaml('is YAML with a list or a map as a key')
      const name = this.value(key)
      const field = this.value(value)
      if (name.kind === 'string' && !isDate(key)) own.set(name.text, field)
      else foreignKey = true
    }
    // Alloy cannot look into a map with keys that are not strings.
    if (foreignKey) return capsuleValue('map with keys that are not strings', map)
    return objectValue([...merged, ...own])
  }

  private *merge(node: Node | null): Generator<readonly [string, Value]> {
    const value = this.value(node)
    if (value.kind === 'object') return yield* value.fields
    if (value.kind !== 'array' || !value.elements.every((element) => element.kind === 'object'))
      throw new UnfitYaml('is YAML that merges (<<) something other than maps')
    for (const element of value.elements) yield* element.fields
  }
}

function isDate(key: unknown): boolean {
  return isScalar(key) && key.type === 'PLAIN' && timestampText(key.source ?? '') !== undefined
}

function tagged(text: string, tag: string): Value {
  const name = tag.replace(/^tag:yaml\.org,2002:/, '!!')
  if (name === '!!binary') {
    const bytes = decodeBase64(text.replaceAll(/\s/g, ''), 'standard')
    if (typeof bytes === 'string') throw new UnfitYaml('is YAML with !!binary that is not base64')
    return stringValue(textOf(bytes))
  }
  const wanted: Partial<Record<string, Value['kind']>> = {
    '!!int': 'number',
    '!!float': 'number',
    '!!bool': 'bool',
    '!!null': 'null',
  }
  const kind = wanted[name]
  if (kind === undefined) return name === '!!timestamp' ? plainScalar(text) : stringValue(text)
  const value = plainScalar(text)
  if (value.kind !== kind) throw new UnfitYaml(`is YAML with ${name} in front of something else`)
  return name === '!!float' && value.kind === 'number' ? floatValue(Number(value.value)) : value
}

const words = new Map<string, Value>([
  ['', nullValue],
  ['~', nullValue],
  ...['null', 'Null', 'NULL'].map((word): [string, Value] => [word, nullValue]),
  ...['true', 'True', 'TRUE'].map((word): [string, Value] => [word, boolValue(true)]),
  ...['false', 'False', 'FALSE'].map((word): [string, Value] => [word, boolValue(false)]),
  ...['.inf', '.Inf', '.INF'].flatMap((word): [string, Value][] => [
    [word, floatValue(Infinity)],
    [`+${word}`, floatValue(Infinity)],
    [`-${word}`, floatValue(-Infinity)],
  ]),
  ...['.nan', '.NaN', '.NAN'].map((word): [string, Value] => [word, floatValue(NaN)]),
])

function plainScalar(text: string): Value {
  const word = words.get(text)
  if (word) return word
  if (!/^[-+.\d]/.test(text)) return stringValue(text)
  const timestamp = timestampText(text)
  if (timestamp !== undefined) return stringValue(timestamp)
  return plainNumber(text.replaceAll('_', '')) ?? stringValue(text)
}

function plainNumber(text: string): Value | undefined {
  const [, sign, digits] = /^([-+]?)(.*)$/s.exec(text) ?? ['', '', '']
  const octal = /^0o?([0-7]+)$/i.exec(digits)
  const literal = octal ? `0o${octal[1]}` : digits.toLowerCase()
  if (/^(?:0x[\da-f]+|0o[0-7]+|0b[01]+|0|[1-9]\d*)$/.test(literal) && literal.length < 66) {
    const value = integerValue(BigInt(literal) * (sign === '-' ? -1n : 1n))
    if (value.type !== 'float64') return value
    if (/^0[xob]/.test(digits.toLowerCase())) return undefined
  }
  if (!/^(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/.test(digits)) return undefined
  const value = Number(text)
  return Number.isFinite(value) ? floatValue(value) : undefined
}
