import { join } from 'node:path'

/** An address where a Docker engine may answer, and why it is looked for there. */
export interface EnginePlace {
  readonly host: string
  readonly source: string
  /** Certificates for an address behind TLS. */
  readonly certificates?: string
  readonly skipVerify?: boolean
}

/** What the search knows of the machine; tests pass their own. */
export interface SearchedMachine {
  readonly platform: NodeJS.Platform
  readonly env: Readonly<Record<string, string | undefined>>
  readonly home: string
  readonly uid: number | undefined
  /** Text of a file; undefined when it cannot be read. */
  readonly read: (path: string) => string | undefined
  /** Names in a folder; none when it cannot be read. */
  readonly list: (path: string) => readonly string[]
}

/** The sockets of the products people use, in the order they are tried. Paths of docs/stack.md. */
export function knownPlaces({ platform, env, home, uid, list }: SearchedMachine): readonly EnginePlace[] {
  if (platform === 'win32') {
    return [
      { host: 'npipe:////./pipe/docker_engine', source: 'Docker Desktop' },
      { host: 'npipe:////./pipe/dockerDesktopLinuxEngine', source: 'Docker Desktop' },
      { host: 'npipe:////./pipe/podman-machine-default', source: 'Podman machine' },
    ]
  }
  const runtime = env.XDG_RUNTIME_DIR ?? (uid === undefined ? undefined : `/run/user/${uid}`)
  const at = (source: string, ...path: string[]): EnginePlace => ({ source, host: `unix://${join(...path)}` })
  const profiles = (source: string, folder: string, ...socket: string[]): EnginePlace[] =>
    list(folder)
      .filter((name) => !name.startsWith('_'))
      .map((name) => at(`${source} ${name}`, folder, name, ...socket))
  const linux = [
    at('Docker Engine', '/var/run/docker.sock'),
    ...(runtime === undefined ? [] : [at('rootless Docker', runtime, 'docker.sock')]),
    at('Docker Desktop', home, '.docker', 'desktop', 'docker.sock'),
  ]
  const mac = [
    at('Docker Desktop', home, '.docker', 'run', 'docker.sock'),
    at('Docker', '/var/run/docker.sock'),
    at('OrbStack', home, '.orbstack', 'run', 'docker.sock'),
  ]
  return [
    ...(platform === 'darwin' ? mac : linux),
    ...profiles('Colima', join(home, '.colima'), 'docker.sock'),
    ...profiles('Colima', join(home, '.config', 'colima'), 'docker.sock'),
    at('Rancher Desktop', home, '.rd', 'docker.sock'),
    ...profiles('Lima', join(home, '.lima'), 'sock', 'docker.sock'),
    ...(platform === 'darwin'
      ? [at('Podman machine', home, '.local', 'share', 'containers', 'podman', 'machine', 'podman.sock')]
      : [
          ...(runtime === undefined ? [] : [at('rootless Podman', runtime, 'podman', 'podman.sock')]),
          at('Podman', '/run/podman/podman.sock'),
        ]),
  ]
}
