import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { EngineSearch, RemoteEndpoint, StackSettings } from '../contract/stack.ts'
import { containedConfig, emptyConfig } from './alloy/contained-config.ts'
import { DockerProvider } from './docker/docker-provider.ts'
import { BackendProcessProvider } from './embedded-process/backend-process-provider.ts'
import { findEngine } from './engine/find-engine.ts'
import { RemoteProvider } from './remote/remote-provider.ts'
import type { StackOptions } from './stack-options.ts'
import type { StackProvider } from './stack-provider.ts'

export interface OpenedProvider {
  readonly provider: StackProvider
  /** Why this one, in a sentence. */
  readonly why: string
  readonly search: EngineSearch | undefined
}

/** The provider the settings name; `auto` is Docker where one answers, else the embedded backend. */
export async function openProvider(
  options: StackOptions,
  settings: StackSettings,
  remotes: readonly RemoteEndpoint[],
): Promise<OpenedProvider> {
  if (settings.provider === 'remote') {
    const provider = new RemoteProvider(remotes, options.secret)
    return { provider, why: 'you chose endpoints that run elsewhere', search: undefined }
  }
  const { userAgent, machine } = options
  const { search, connection } = await findEngine({ setting: settings.dockerHost, userAgent }, machine)
  const embedded = settings.provider === 'embedded' || (settings.provider === 'auto' && connection === undefined)
  if (embedded) {
    const provider = new BackendProcessProvider({
      launch: options.launchBackend,
      folder: join(options.folder, 'embedded'),
      settings,
    })
    const why =
      settings.provider === 'embedded'
        ? 'you chose the embedded backend'
        : `no Docker answers (${search.tried.length} places tried), so the embedded backend takes its place`
    return { provider, why, search }
  }
  const provider = new DockerProvider({
    search,
    connection,
    project: options.project ?? 'weir',
    patience: options.patience,
    collectorRuns: () => options.collector?.running === true,
    inputs: () => {
      const config = options.config()
      return {
        settings,
        grafanaPassword: grafanaPassword(options.folder),
        alloy: config === undefined ? emptyConfig : containedConfig(config, settings),
      }
    },
  })
  const found = search.answered
  const why =
    found === undefined
      ? 'you chose Docker, but none answers'
      : `${found.product} ${found.version} answers at ${found.host} (${found.source})`
  return { provider, why, search }
}

/** Grafana's administrator gets a random password once; Grafana forgets it only with its data. */
function grafanaPassword(folder: string): string {
  const file = join(folder, 'grafana-admin-password')
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const password = randomBytes(18).toString('base64url')
  writeFileSync(file, password, { mode: 0o600 })
  return password
}
