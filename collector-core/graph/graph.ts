import type { Block } from '../language/ast.ts'
import type { Span } from '../language/position.ts'
import type { OtlpKind } from '../signal/otlp-batch.ts'
import type { PortKind, KnownComponent } from '../known-components.ts'
import type { ConfigBlockDefinition, Definition } from '../schema/definition.ts'

/** A place where one block's expression reads another component's export. */
export interface Reference {
  /** Node id of the component that is read. */
  readonly target: string
  /** Names after the id: the export and, where there are more, fields of it. */
  readonly path: readonly string[]
  readonly span: Span
  /** Names of blocks and attribute that hold the expression, e.g. `['output', 'traces']`. */
  readonly attribute: readonly string[]
}

/** A component block of the config. Without a definition it is opaque: kept and drawn, not run. */
export interface ComponentNode {
  readonly kind: 'component'
  readonly id: string
  readonly name: string
  readonly label: string
  /** The file the block stands in; its spans are offsets into that file. */
  readonly file: string
  readonly block: Block
  readonly definition: Definition | undefined
  readonly known: KnownComponent | undefined
  readonly references: readonly Reference[]
}

/** A root block that configures Weir itself, such as `logging`. */
export interface ConfigBlockNode {
  readonly kind: 'config'
  readonly id: string
  readonly file: string
  readonly block: Block
  readonly definition: ConfigBlockDefinition
  readonly references: readonly Reference[]
}

/**
 * A reference drawn in the direction data flows: into a receiver along the reference, out of anything else against it.
 * `carries` narrows an OTLP edge to the kind of data its argument names.
 */
export interface GraphEdge {
  readonly from: string
  readonly to: string
  readonly port: PortKind
  readonly carries?: OtlpKind
  readonly reference: Reference
}

/** The pipeline a config describes; nodes in file order. */
export interface Graph {
  readonly components: readonly ComponentNode[]
  readonly configBlocks: readonly ConfigBlockNode[]
  readonly edges: readonly GraphEdge[]
  readonly byId: ReadonlyMap<string, ComponentNode>
}
