import { catalog } from '../../collector-core/catalog.ts'
import type { Stage } from '../../collector-core/schema/definition.ts'
import { kindOfPorts, portsOf } from './ports.ts'
import type { Port } from './ports.ts'
import type { SignalKind } from './signal-kind.ts'

/** A component that can be added. */
export interface ComponentOffer {
  readonly name: string
  readonly summary: string
  /** Undefined for one that Weir keeps but cannot run. */
  readonly stage: Stage | undefined
  readonly inputs: readonly Port[]
  readonly outputs: readonly Port[]
  readonly kind: SignalKind
}

/** Everything that can be added: what Weir runs first, each part in alphabetical order. */
export const componentOffers: readonly ComponentOffer[] = [
  ...[...catalog.components.keys()].sort(),
  ...[...catalog.known.keys()].filter((name) => !catalog.components.has(name)).sort(),
].map((name) => {
  const definition = catalog.components.get(name)
  const ports = portsOf(definition, catalog.known.get(name))
  const inputs = ports.filter(({ side }) => side === 'in')
  const outputs = ports.filter(({ side }) => side === 'out')
  return {
    ...{ name, inputs, outputs, kind: kindOfPorts(outputs, inputs) },
    summary: definition?.summary ?? '',
    stage: definition?.stage,
  }
})
