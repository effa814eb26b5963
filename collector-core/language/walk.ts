// Ways through a tree: visit it, find what lies at an offset, find a block by its path.

import type { Attribute, Block, Body, File, Node, Statement } from './ast.ts'
import { touches } from './position.ts'

/** The parts of a node that are nodes, in the order of the text. */
export function childrenOf(node: Node): readonly Node[] {
  switch (node.kind) {
    case 'file':
      return [node.body]
    case 'body':
      return node.statements
    case 'attribute':
      return [node.name, node.value]
    case 'block':
      return node.label ? [node.name, node.label, node.body] : [node.name, node.body]
    case 'block-name':
      return node.parts
    case 'array':
      return node.elements
    case 'object':
      return node.fields
    case 'field':
      return [node.name, node.value]
    case 'access':
      return [node.of, node.member]
    case 'index':
      return [node.of, node.at]
    case 'call':
      return [node.callee, ...node.args]
    case 'unary':
      return [node.operand]
    case 'binary':
      return [node.left, node.right]
    case 'paren':
      return [node.inner]
    case 'label':
    case 'identifier':
    case 'literal':
    case 'field-name':
    case 'error-statement':
    case 'error-expression':
      return []
  }
}

/** Calls `enter` for the node and all below it, parents first; returning `false` leaves out what is below. */
export function visit(node: Node, enter: (node: Node, parents: readonly Node[]) => unknown): void {
  const parents: Node[] = []
  const descend = (current: Node): void => {
    if (enter(current, parents) === false) return
    parents.push(current)
    for (const child of childrenOf(current)) descend(child)
    parents.pop()
  }
  descend(node)
}

/**
 * The nodes from the root down to the innermost one that holds or touches the offset.
 * Where two neighbours touch it, the one that begins there wins.
 */
export function pathAt(root: Node, offset: number): readonly Node[] {
  const path: Node[] = []
  let node: Node | undefined = touches(root.span, offset) ? root : undefined
  while (node) {
    path.push(node)
    node = childrenOf(node).findLast((child) => touches(child.span, offset))
  }
  return path
}

/** The innermost node at the offset; the root when nothing below it is there. */
export function nodeAt(root: Node, offset: number): Node {
  return pathAt(root, offset).at(-1) ?? root
}

/** The blocks around the offset, outermost first. */
export function blocksAt(root: Node, offset: number): readonly Block[] {
  return pathAt(root, offset).filter((node) => node.kind === 'block')
}

/** The blocks of a body, in order. */
export function blocksOf(body: Body): readonly Block[] {
  return body.statements.filter((statement) => statement.kind === 'block')
}

/** The attribute of that name; the first, should there be several. */
export function attributeOf(body: Body, name: string): Attribute | undefined {
  return body.statements.find((statement) => statement.kind === 'attribute' && statement.name.name === name) as
    Attribute | undefined
}

/** One step to a block: its dotted name, its label if it must have that one, and which of several (from 0, default 0). */
export interface BlockStep {
  readonly name: string
  readonly label?: string
  readonly nth?: number
}

/** The way from the top of a file to a block. */
export type BlockPath = readonly BlockStep[]

/** The block at the end of the path, or `undefined`. */
export function findBlock(file: File, path: BlockPath): Block | undefined {
  let body: Body = file.body
  let found: Block | undefined
  for (const step of path) {
    found = blocksOf(body)
      .filter((block) => matches(block, step))
      .at(step.nth ?? 0)
    if (!found) return undefined
    body = found.body
  }
  return found
}

/** The path that `findBlock` follows to this block of the file, or `undefined` when it is not in it. */
export function pathOf(file: File, block: Block): BlockPath | undefined {
  const around = blocksAt(file, block.open.start)
  if (around.at(-1) !== block) return undefined
  let body: Body = file.body
  return around.map((current) => {
    const step = { name: current.name.text, ...(current.label?.text ? { label: current.label.text } : {}) }
    const nth = blocksOf(body)
      .filter((sibling) => matches(sibling, step))
      .indexOf(current)
    body = current.body
    return nth > 0 ? { ...step, nth } : step
  })
}

function matches(statement: Statement, step: BlockStep): boolean {
  if (statement.kind !== 'block' || statement.name.text !== step.name) return false
  return step.label === undefined || (statement.label?.text ?? '') === step.label
}
