import { functionProblem, literalProblem } from './functions.ts'
import { scanTemplate } from './scan.ts'
import type { TemplatePart, TemplateToken } from './scan.ts'
import type { Command, Operand, Pipeline, TemplateNode } from './template-node.ts'
import { TemplateError } from './template-value.ts'

/** Parses a template of Go's text/template syntax; throws a `TemplateError` that says what Weir does not run. */
export function parseTemplate(text: string): readonly TemplateNode[] {
  return new TemplateParser(scanTemplate(text)).parse()
}

const unsupported = new Set(['define', 'template', 'block'])
const deepest = 100

class TemplateParser {
  private readonly parts: readonly TemplatePart[]
  private at = 0
  private variables: string[] = ['']
  private loops = 0
  private depth = 0

  constructor(parts: readonly TemplatePart[]) {
    this.parts = parts
  }

  parse(): readonly TemplateNode[] {
    const { nodes, end } = this.list()
    if (end !== undefined) throw new TemplateError(`unexpected {{${end.word}}} in line ${end.line}`)
    return nodes
  }

  /** list = { text | action } , up to an action that belongs to the enclosing block. */
  private list(): { nodes: readonly TemplateNode[]; end: Ending | undefined } {
    if (++this.depth > deepest) throw new TemplateError(`blocks are nested deeper than ${deepest}`)
    const nodes: TemplateNode[] = []
    const visible = this.variables.length
    const close = (end: Ending | undefined): { nodes: readonly TemplateNode[]; end: Ending | undefined } => {
      this.variables.length = visible
      this.depth--
      return { nodes, end }
    }
    while (this.at < this.parts.length) {
      const part = this.parts[this.at++]
      if (part.kind === 'text') {
        nodes.push(part)
        continue
      }
      const reader = new ActionReader(part.tokens, part.line, this.variables)
      const word = reader.keyword()
      if (word === 'end' || word === 'else') return close({ word, reader, line: part.line })
      nodes.push(this.action(word, reader))
    }
    return close(undefined)
  }

  private action(word: string | undefined, reader: ActionReader): TemplateNode {
    switch (word) {
      case 'if':
      case 'with':
      case 'range':
        return this.blockNode(word, reader)
      case 'break':
      case 'continue':
        if (this.loops === 0) reader.fail(`{{${word}}} outside of {{range}}`)
        reader.finish()
        return { kind: word }
      case undefined:
        break
      default:
        reader.fail(`{{${word}}} is not supported`)
    }
    const binding = reader.binding()
    const pipeline = reader.pipeline()
    reader.finish()
    if (binding === undefined) return { kind: 'print', pipeline }
    if (binding.names.length > 1) reader.fail('two variables can only be set by {{range}}')
    if (binding.declares) this.variables.push(binding.names[0])
    return { kind: 'assign', pipeline, name: binding.names[0], declares: binding.declares }
  }

  private blockNode(kind: 'if' | 'with' | 'range', reader: ActionReader): TemplateNode {
    const visible = this.variables.length
    const binding = reader.binding()
    const pipeline = reader.pipeline()
    reader.finish()
    if (binding !== undefined) this.variables.push(...binding.names)
    if (kind !== 'range' && (binding?.names.length ?? 0) > 1) reader.fail(`{{${kind}}} sets one variable at most`)
    if (kind === 'range') this.loops++
    const then = this.list()
    if (kind === 'range') this.loops--
    const otherwise = this.otherwise(then.end, kind)
    this.variables.length = visible
    const branches = { pipeline, then: then.nodes, otherwise }
    if (kind !== 'range') return { kind, binds: binding?.names[0], ...branches }
    const names = binding?.names ?? []
    return { kind, key: names.length > 1 ? names[0] : undefined, element: names.at(-1), ...branches }
  }

  /** `{{else}}`, `{{else if …}}`, `{{else with …}}` or nothing, through to `{{end}}`. */
  private otherwise(end: Ending | undefined, kind: 'if' | 'with' | 'range'): readonly TemplateNode[] {
    if (end === undefined) throw new TemplateError(`{{${kind}}} has no {{end}}`)
    if (end.word === 'end') {
      end.reader.finish()
      return []
    }
    const chained = end.reader.keyword()
    if (chained === 'if' || chained === 'with') return [this.blockNode(chained, end.reader)]
    end.reader.finish()
    const rest = this.list()
    if (rest.end?.word !== 'end') throw new TemplateError(`{{else}} in line ${end.line} has no {{end}}`)
    rest.end.reader.finish()
    return rest.nodes
  }
}

interface Ending {
  readonly word: 'end' | 'else'
  readonly reader: ActionReader
  readonly line: number
}

const keywords = new Set(['if', 'with', 'range', 'else', 'end', 'break', 'continue', ...unsupported])
const constants: Readonly<Record<string, boolean | null>> = { true: true, false: false, nil: null }

class ActionReader {
  private readonly tokens: readonly TemplateToken[]
  private readonly line: number
  private readonly variables: readonly string[]
  private at = 0

  constructor(tokens: readonly TemplateToken[], line: number, variables: readonly string[]) {
    this.tokens = tokens
    this.line = line
    this.variables = variables
  }

  fail(message: string): never {
    throw new TemplateError(`${message} (line ${this.line})`)
  }

  /** The keyword the action starts with; undefined when it starts with a pipeline. */
  keyword(): string | undefined {
    const token = this.peek()
    if (token?.kind !== 'word' || !keywords.has(token.text)) return undefined
    this.at++
    return token.text
  }

  /** binding = "$" name [ "," "$" name ] ( ":=" | "=" ) . */
  binding(): { names: readonly string[]; declares: boolean } | undefined {
    const tokens: readonly (TemplateToken | undefined)[] = this.tokens.slice(this.at, this.at + 4)
    const [first, mark, second, lastMark] = tokens
    if (first?.kind !== 'variable') return undefined
    const pair = mark?.kind === ',' && second?.kind === 'variable'
    const sign = pair ? lastMark : mark
    if (sign?.kind !== ':=' && sign?.kind !== '=') return undefined
    const names = pair ? [first.text, second.text] : [first.text]
    this.at += pair ? 4 : 2
    for (const name of names) if (sign.kind === '=' || name === '') this.known(name)
    return { names, declares: sign.kind === ':=' }
  }

  /** pipeline = command { "|" command } . */
  pipeline(): Pipeline {
    const commands = [this.command(false)]
    while (this.peek()?.kind === '|') {
      this.at++
      commands.push(this.command(true))
    }
    return commands
  }

  finish(): void {
    if (this.at < this.tokens.length) this.fail(`unexpected "${describe(this.tokens[this.at])}"`)
  }

  private peek(): TemplateToken | undefined {
    return this.tokens[this.at]
  }

  /** command = function { operand } | operand . */
  private command(piped: boolean): Command {
    const token = this.peek()
    if (token?.kind === 'word' && !(token.text in constants)) {
      this.at++
      const args: Operand[] = []
      while (this.startsOperand()) args.push(this.operand())
      const first = args.at(0)
      const problem =
        functionProblem(token.text, args.length + (piped ? 1 : 0)) ??
        (first?.kind === 'literal' && typeof first.value === 'string'
          ? literalProblem(token.text, first.value)
          : undefined)
      if (problem !== undefined) this.fail(problem)
      return { kind: 'call', name: token.text, args }
    }
    const operand = this.operand()
    if (this.startsOperand()) this.fail('only a function can be given arguments')
    if (piped) this.fail('only a function can stand behind "|"')
    return { kind: 'operand', operand }
  }

  private startsOperand(): boolean {
    const token = this.peek()
    return token !== undefined && !['|', ')', ',', ':=', '='].includes(token.kind)
  }

  /** operand = ( string | number | "true" | "false" | "nil" | "." | ".field" | "$" [ name ] | "(" pipeline ")" ) { ".field" } . */
  private operand(): Operand {
    const token = this.peek()
    if (token === undefined) return this.fail('a value is missing')
    this.at++
    switch (token.kind) {
      case 'string':
        return { kind: 'literal', value: token.text }
      case 'number': {
        const value = Number(token.text)
        return /^[+-]?(?:0[xX].*|\d+)$/.test(token.text)
          ? { kind: 'literal', value }
          : { kind: 'literal', value, float: true }
      }
      case 'word': {
        if (token.text in constants) return { kind: 'literal', value: constants[token.text] }
        const problem = functionProblem(token.text, 0)
        if (problem !== undefined) this.fail(problem)
        return { kind: 'pipeline', pipeline: [{ kind: 'call', name: token.text, args: [] }], fields: this.fields() }
      }
      case '.':
        return { kind: 'dot', fields: [] }
      case 'field':
        return { kind: 'dot', fields: [token.text, ...this.fields()] }
      case 'variable':
        this.known(token.text)
        return { kind: 'variable', name: token.text, fields: this.fields() }
      case '(': {
        const pipeline = this.pipeline()
        if (this.peek()?.kind !== ')') this.fail('a "(" is not closed')
        this.at++
        return { kind: 'pipeline', pipeline, fields: this.fields() }
      }
      default:
        return this.fail(`unexpected "${describe(token)}"`)
    }
  }

  /** Fields written without a space in front belong to the operand before them. */
  private fields(): string[] {
    const fields: string[] = []
    for (let token = this.peek(); token?.kind === 'field' && !token.spaceBefore; token = this.peek()) {
      fields.push(token.text)
      this.at++
    }
    return fields
  }

  private known(name: string): void {
    if (!this.variables.includes(name)) this.fail(`the variable $${name} is not defined`)
  }
}

function describe(token: TemplateToken): string {
  return 'text' in token ? token.text : token.kind
}
