import type { Value } from './value.ts'

/** The variables an expression can see; a name not found here is looked up in the enclosing scope. */
export class Scope {
  private readonly variables: ReadonlyMap<string, Value>
  private readonly parent: Scope | undefined

  constructor(variables: ReadonlyMap<string, Value> = new Map(), parent?: Scope) {
    this.variables = variables
    this.parent = parent
  }

  /** The value of a name, the innermost one if several scopes have it. */
  lookup(name: string): Value | undefined {
    return this.variables.get(name) ?? this.parent?.lookup(name)
  }

  /** Every name that can be looked up, innermost first, each once. */
  names(): readonly string[] {
    return [...new Set([...this.variables.keys(), ...(this.parent?.names() ?? [])])]
  }

  /** A scope inside this one. */
  nested(variables: ReadonlyMap<string, Value>): Scope {
    return new Scope(variables, this)
  }
}
