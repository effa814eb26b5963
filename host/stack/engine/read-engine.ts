import type { EngineReport } from '../../contract/stack.ts'
import type { EnginePlace } from './engine-places.ts'

type Json = Readonly<Record<string, unknown>>
const record = (value: unknown): Json => (typeof value === 'object' && value !== null ? (value as Json) : {})
const text = (value: unknown): string => (typeof value === 'string' ? value : '')

/** What `GET /version` and `GET /info` say of an engine; engines of other makers leave fields out. */
export function readEngine(
  { host, source }: EnginePlace,
  apiVersion: string,
  version: unknown,
  info: unknown,
): EngineReport & { readonly osType: string } {
  const facts = record(info)
  const about = record(version)
  const components = Array.isArray(about.Components) ? about.Components.map((part) => text(record(part).Name)) : []
  const system = text(facts.OperatingSystem)
  const options = Array.isArray(facts.SecurityOptions) ? facts.SecurityOptions.map(text) : []
  const memory = facts.MemTotal
  return {
    host,
    source,
    product: productOf(system, components, text(record(about.Platform).Name)),
    version: text(about.Version),
    apiVersion,
    architecture: text(facts.Architecture),
    rootless: options.some((option) => option.includes('rootless')),
    memoryBytes: typeof memory === 'number' && memory > 0 ? memory : undefined,
    osType: text(facts.OSType),
  }
}

function productOf(system: string, components: readonly string[], platform: string): string {
  if (components.some((name) => /podman/i.test(name))) return 'Podman'
  if (/docker desktop/i.test(system) || /docker desktop/i.test(platform)) return 'Docker Desktop'
  const product = ['OrbStack', 'Rancher Desktop', 'Colima'].find((name) =>
    system.toLowerCase().includes(name.toLowerCase()),
  )
  return product ?? 'Docker Engine'
}
