import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { WeirError } from '../../collector-core/weir-error.ts'
import { portNames } from '../contract/stack.ts'
import type { StackPorts, StackSettings } from '../contract/stack.ts'

/** The backends' own ports; Tempo's receivers make room for Weir's, which programs know as 4317 and 4318, and Alloy for Weir and its demo. */
export const defaultPorts: StackPorts = {
  loki: 3100,
  tempo: 3200,
  tempoGrpc: 14_317,
  tempoHttp: 14_318,
  mimir: 9009,
  prometheus: 9090,
  pyroscope: 4040,
  grafana: 3000,
  alloy: 12_347,
}

export const defaultSettings: StackSettings = {
  provider: 'auto',
  dockerHost: undefined,
  ports: defaultPorts,
  metrics: 'mimir',
  extras: [],
  registry: 'docker.io',
  keepRunning: true,
}

const port = z.int().min(1).max(65_535)
const stored = z.object({
  provider: z.enum(['auto', 'docker', 'embedded', 'remote']).optional(),
  dockerHost: z.string().optional(),
  ports: z.partialRecord(z.enum(portNames), port).optional(),
  metrics: z.enum(['mimir', 'prometheus']).optional(),
  extras: z.array(z.enum(['pyroscope', 'alloy'])).optional(),
  registry: z.string().optional(),
  keepRunning: z.boolean().optional(),
})

/** What a caller may change; ports one by one. */
export type SettingsChange = Partial<Omit<StackSettings, 'ports'>> & { readonly ports?: Partial<StackPorts> }

/** `settings` with a change; throws `port-twice` when two backends would share a port. */
export function changeSettings(settings: StackSettings, change: SettingsChange): StackSettings {
  const given = Object.fromEntries(Object.entries<unknown>(change).filter(([, value]) => value !== undefined))
  const changed: StackSettings = { ...settings, ...given, ports: { ...settings.ports, ...change.ports } }
  const taken = new Map<number, string>()
  for (const name of portNames) {
    const other = taken.get(changed.ports[name])
    if (other !== undefined) {
      throw new WeirError(
        'port-twice',
        `${name} and ${other} cannot both use port ${changed.ports[name]}`,
        'Choose another port for one of them.',
      )
    }
    taken.set(changed.ports[name], name)
  }
  return changed
}

/** The settings kept in `folder`; the defaults where there are none yet, `bad-stack-settings` where they cannot be read. */
export function readSettings(folder: string): StackSettings {
  const file = join(folder, fileName)
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return defaultSettings
    throw error
  }
  try {
    return changeSettings(defaultSettings, stored.parse(JSON.parse(text)))
  } catch (error) {
    throw new WeirError('bad-stack-settings', `${file} does not hold stack settings`, 'Correct or delete the file.', {
      cause: error,
    })
  }
}

/** Replaces the settings in `folder` in one step. */
export function writeSettings(folder: string, settings: StackSettings): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const file = join(folder, fileName)
  writeFileSync(`${file}.new`, `${JSON.stringify(settings, undefined, 2)}\n`, { mode: 0o600 })
  renameSync(`${file}.new`, file)
}

const fileName = 'settings.json'
