// Finds what a JSONPath matches. Descendants come before what holds them, as in Alloy; fields come in document order.

import { RE2JS } from 're2js'
import { applyBinary } from '../operators.ts'
import { intValue } from '../number.ts'
import { boolValue } from '../value.ts'
import type { Value } from '../value.ts'
import { valuesEqual } from '../values-equal.ts'
import type { Filter, JsonPath, Selector } from './json-path-parse.ts'

/** How many nodes a search may visit or return. */
export const mostJsonPathNodes = 200_000

/** The parts that match, or `undefined` when the search outgrows its bound. */
export function selectJson(document: Value, path: JsonPath): readonly Value[] | undefined {
  const search = new Search(document)
  try {
    return search.follow(path, document)
  } catch (error) {
    if (error instanceof SearchTooBig) return undefined
    throw error
  }
}

class SearchTooBig extends Error {}

class Search {
  private readonly document: Value
  private visited = 0

  constructor(document: Value) {
    this.document = document
  }

  follow(path: JsonPath, current: Value): readonly Value[] {
    let nodes: readonly Value[] = [path.root === '$' ? this.document : current]
    for (const { descend, selectors } of path.segments) {
      const from = descend ? nodes.flatMap((node) => this.descendants(node)) : nodes
      nodes = from.flatMap((node) => selectors.flatMap((selector) => this.select(node, selector)))
      this.count(nodes.length)
    }
    return nodes
  }

  private count(nodes: number): void {
    this.visited += nodes
    if (this.visited > mostJsonPathNodes) throw new SearchTooBig()
  }

  private descendants(node: Value, found: Value[] = []): Value[] {
    this.count(1)
    for (const child of childrenOf(node)) this.descendants(child, found)
    found.push(node)
    return found
  }

  private select(node: Value, selector: Selector): readonly Value[] {
    switch (selector.kind) {
      case 'self':
        return [node]
      case 'all':
        return childrenOf(node)
      case 'name': {
        const field = node.kind === 'object' ? node.fields.get(selector.name) : undefined
        return field === undefined ? [] : [field]
      }
      case 'index': {
        const element = node.kind === 'array' ? node.elements.at(selector.index) : undefined
        return element === undefined ? [] : [element]
      }
      case 'slice':
        return node.kind === 'array' ? slice(node.elements, selector) : []
      case 'filter':
        return childrenOf(node).filter((child) => this.holds(selector.filter, child))
    }
  }

  private holds(filter: Filter, node: Value): boolean {
    if (filter.kind === 'path') return this.follow(filter.path, node).length > 0
    const value = this.evaluate(filter, node)
    return value?.kind === 'bool' && value.value
  }

  private evaluate(filter: Filter, node: Value): Value | undefined {
    switch (filter.kind) {
      case 'value':
        return filter.value
      case 'path':
        return this.follow(filter.path, node)[0]
      case 'not':
        return boolValue(!this.holds(filter.operand, node))
      case 'call':
        return this.call(filter.name, filter.args, node)
      case 'binary':
        return this.binary(filter, node)
      case 'list':
      case 'regex':
        return undefined
    }
  }

  private binary({ operator, left, right }: Filter & { kind: 'binary' }, node: Value): Value | undefined {
    if (operator === '&&') return boolValue(this.holds(left, node) && this.holds(right, node))
    if (operator === '||') return boolValue(this.holds(left, node) || this.holds(right, node))
    const value = this.evaluate(left, node)
    if (operator === 'in') {
      const items = right.kind === 'list' ? right.items : []
      return boolValue(value !== undefined && items.some((item) => this.equal(value, this.evaluate(item, node))))
    }
    if (operator === '=~') return boolValue(this.matches(value, right, node, false))
    const other = this.evaluate(right, node)
    if (operator === 'has' || operator === 'exists')
      return boolValue(other?.kind === 'bool' && other.value === (value !== undefined))
    const size = value && sizeOf(value)
    if (operator === 'empty')
      return boolValue(other?.kind === 'bool' && size !== undefined && other.value === (size === 0))
    if (operator === '==') return boolValue(this.equal(value, other))
    if (operator === '!=') return boolValue(!this.equal(value, other))
    if (value === undefined || other === undefined) return undefined
    return applyBinary(operator as '<' | '<=' | '>' | '>=' | '+' | '-' | '*' | '/', value, other).value
  }

  private equal(left: Value | undefined, right: Value | undefined): boolean {
    if (left === undefined || right === undefined) return left === right
    return valuesEqual(left, right)
  }

  private matches(value: Value | undefined, pattern: Filter, node: Value, whole: boolean): boolean {
    if (value?.kind !== 'string') return false
    const text = pattern.kind === 'regex' ? undefined : this.evaluate(pattern, node)
    const regex = pattern.kind === 'regex' ? pattern.regex : text?.kind === 'string' ? compile(text.text) : undefined
    if (regex === undefined) return false
    const matcher = regex.matcher(value.text)
    return whole ? matcher.matches() : matcher.find()
  }

  private call(name: string, args: readonly Filter[], node: Value): Value | undefined {
    if (name === 'match' || name === 'search') {
      return boolValue(this.matches(this.evaluate(args[0], node), args[1], node, name === 'match'))
    }
    if (name === 'count') return intValue(args[0].kind === 'path' ? this.follow(args[0].path, node).length : 0)
    const value = this.evaluate(args[0], node)
    const size = value && sizeOf(value)
    return size === undefined ? undefined : intValue(size)
  }
}

function childrenOf(node: Value): readonly Value[] {
  if (node.kind === 'array') return node.elements
  return node.kind === 'object' ? [...node.fields.values()] : []
}

function sizeOf(value: Value): number | undefined {
  if (value.kind === 'string') return Array.from(value.text).length
  return value.kind === 'array' || value.kind === 'object' ? childrenOf(value).length : undefined
}

function compile(pattern: string): RE2JS | undefined {
  try {
    return RE2JS.compile(pattern)
  } catch {
    return undefined
  }
}

function slice(elements: readonly Value[], { start, end, step }: Selector & { kind: 'slice' }): Value[] {
  if (step === 0) return []
  const length = elements.length
  const bound = (at: number): number => Math.min(Math.max(at < 0 ? length + at : at, step < 0 ? -1 : 0), length)
  const first =
    start === undefined ? (step < 0 ? length - 1 : 0) : Math.min(bound(start), step < 0 ? length - 1 : length)
  const last = end === undefined ? (step < 0 ? -1 : length) : bound(end)
  const picked: Value[] = []
  for (let at = first; step < 0 ? at > last : at < last; at += step) picked.push(elements[at])
  return picked
}
