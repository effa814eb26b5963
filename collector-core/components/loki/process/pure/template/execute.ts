import { callFunction } from './functions.ts'
import type { TemplateRuntime } from './functions.ts'
import type { Command, Operand, Pipeline, TemplateNode } from './template-node.ts'
import { Float, isList, isMap, isTrue, printed, TemplateError, typeName } from './template-value.ts'
import type { TemplateMap, TemplateValue } from './template-value.ts'

const mostSteps = 100_000
const mostOutput = 16 * 1024 * 1024

type Flow = 'next' | 'break' | 'continue'

/** Runs a parsed template over `data`; throws a `TemplateError` when a value does not fit or a bound is reached. */
export function executeTemplate(nodes: readonly TemplateNode[], data: TemplateMap, runtime: TemplateRuntime): string {
  const run = new Execution(data, runtime)
  run.list(nodes, data)
  return run.output
}

class Execution {
  output = ''
  private steps = 0
  private readonly runtime: TemplateRuntime
  private readonly variables: { readonly name: string; value: TemplateValue }[]

  constructor(data: TemplateMap, runtime: TemplateRuntime) {
    this.runtime = runtime
    this.variables = [{ name: '', value: data }]
  }

  list(nodes: readonly TemplateNode[], dot: TemplateValue): Flow {
    const visible = this.variables.length
    let flow: Flow = 'next'
    for (const node of nodes) {
      flow = this.node(node, dot)
      if (flow !== 'next') break
    }
    this.variables.length = visible
    return flow
  }

  private step(): void {
    if (++this.steps > mostSteps) throw new TemplateError(`the template took more than ${mostSteps} steps`)
  }

  private node(node: TemplateNode, dot: TemplateValue): Flow {
    this.step()
    switch (node.kind) {
      case 'text':
        this.write(node.text)
        return 'next'
      case 'print':
        this.write(printed(this.pipeline(node.pipeline, dot)))
        return 'next'
      case 'assign': {
        const value = this.pipeline(node.pipeline, dot)
        if (node.declares) this.variables.push({ name: node.name, value })
        else this.variable(node.name).value = value
        return 'next'
      }
      case 'if':
      case 'with': {
        const visible = this.variables.length
        const value = this.pipeline(node.pipeline, dot)
        if (node.binds !== undefined) this.variables.push({ name: node.binds, value })
        const flow = isTrue(value)
          ? this.list(node.then, node.kind === 'with' ? value : dot)
          : this.list(node.otherwise, dot)
        this.variables.length = visible
        return flow
      }
      case 'range':
        return this.range(node, dot)
      case 'break':
      case 'continue':
        return node.kind
    }
  }

  private range(node: TemplateNode & { kind: 'range' }, dot: TemplateValue): Flow {
    const over = elementsOf(this.pipeline(node.pipeline, dot))
    const visible = this.variables.length
    let any = false
    for (const [key, element] of over) {
      any = true
      this.step()
      if (node.key !== undefined) this.variables.push({ name: node.key, value: key })
      if (node.element !== undefined) this.variables.push({ name: node.element, value: element })
      const flow = this.list(node.then, element)
      this.variables.length = visible
      if (flow === 'break') break
    }
    return any ? 'next' : this.list(node.otherwise, dot)
  }

  private write(text: string): void {
    this.output += text
    if (this.output.length > mostOutput)
      throw new TemplateError(`the template wrote more than ${mostOutput} characters`)
  }

  private variable(name: string): { value: TemplateValue } {
    return this.variables.findLast((variable) => variable.name === name)!
  }

  private pipeline(pipeline: Pipeline, dot: TemplateValue): TemplateValue {
    let value = this.command(pipeline[0], dot, [])
    for (let i = 1; i < pipeline.length; i++) value = this.command(pipeline[i], dot, [value])
    return value
  }

  private command(command: Command, dot: TemplateValue, piped: readonly TemplateValue[]): TemplateValue {
    if (command.kind === 'operand') return this.operand(command.operand, dot)
    const { name, args } = command
    if (name === 'and' || name === 'or') return this.shortCircuit(name, args, dot, piped)
    return callFunction(name, [...args.map((arg) => this.operand(arg, dot)), ...piped], this.runtime)
  }

  private shortCircuit(
    name: 'and' | 'or',
    args: readonly Operand[],
    dot: TemplateValue,
    piped: readonly TemplateValue[],
  ): TemplateValue {
    let value: TemplateValue = piped.at(-1)
    for (let i = 0; i < args.length; i++) {
      value = this.operand(args[i], dot)
      if (isTrue(value) === (name === 'or')) return value
    }
    return piped.length > 0 ? piped[0] : value
  }

  private operand(operand: Operand, dot: TemplateValue): TemplateValue {
    switch (operand.kind) {
      case 'literal':
        return operand.float === true ? new Float(operand.value as number) : operand.value
      case 'dot':
        return fieldsOf(dot, operand.fields)
      case 'variable':
        return fieldsOf(this.variable(operand.name).value, operand.fields)
      case 'pipeline':
        return fieldsOf(this.pipeline(operand.pipeline, dot), operand.fields)
    }
  }
}

function fieldsOf(value: TemplateValue, fields: readonly string[]): TemplateValue {
  for (const field of fields) {
    if (value === undefined) return undefined
    if (!isMap(value)) throw new TemplateError(`there is no field ${field} in a value of type ${typeName(value)}`)
    value = value.get(field)
  }
  return value
}

function elementsOf(value: TemplateValue): readonly (readonly [TemplateValue, TemplateValue])[] {
  if (value === undefined || value === null) return []
  if (typeof value === 'number')
    return Array.from({ length: Math.min(Math.max(value, 0), mostSteps) }, (_, i) => [i, i] as const)
  if (isList(value)) return value.map((element, i) => [i, element] as const)
  if (isMap(value)) return [...value.keys()].sort().map((key) => [key, value.get(key)] as const)
  throw new TemplateError(`{{range}} cannot go over a value of type ${typeName(value)}`)
}
