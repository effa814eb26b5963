import type { ServicesFound } from '../../../host/contract/explore.ts'

/** A service's place on the map: its column from the left, and its row within it. */
export interface ServicePlace {
  readonly service: string
  readonly column: number
  readonly row: number
}

/** Callers stand left of whom they call; services that call each other in a circle stand where they were met first. */
export function placeServices({ services, calls }: Pick<ServicesFound, 'services' | 'calls'>): readonly ServicePlace[] {
  const names = services.map(({ service }) => service)
  const columns = new Map(names.map((name) => [name, 0]))
  for (let round = 1; round < names.length; round++) {
    let moved = false
    for (const { from, to } of calls) {
      const wanted = (columns.get(from) ?? 0) + 1
      if (from === to || wanted <= (columns.get(to) ?? 0) || wanted >= names.length) continue
      columns.set(to, wanted)
      moved = true
    }
    if (!moved) break
  }
  const used = [...new Set(columns.values())].toSorted((a, b) => a - b)
  const rows = new Map<number, number>()
  return names.map((service) => {
    const column = used.indexOf(columns.get(service) ?? 0)
    const row = rows.get(column) ?? 0
    rows.set(column, row + 1)
    return { service, column, row }
  })
}
