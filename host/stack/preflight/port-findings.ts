import { createServer } from 'node:net'
import { portHolder } from '../../../collector-core/net/port-holder.ts'
import type { PortName, PortOwner, PreflightFinding } from '../../contract/stack.ts'

/** Finds out who holds a port, beyond what the operating system tells; undefined when it cannot say. */
export type FindOwner = (port: number) => Promise<PortOwner | undefined>

/** Whether a port of 127.0.0.1 can be listened on, and if not the error's code. */
export function portTrouble(port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'unknown'))
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () => server.close(() => resolve(undefined)))
  })
}

/** The next port from `port` up that can be listened on and is not in `taken`. */
export async function freePort(port: number, taken: ReadonlySet<number>): Promise<number | undefined> {
  for (let candidate = port + 1; candidate < Math.min(port + 200, 65_536); candidate++) {
    if (!taken.has(candidate) && (await portTrouble(candidate)) === undefined) return candidate
  }
  return undefined
}

/** A port of a backend, or, without a name, of a receiver of the config. */
export interface WantedPort {
  readonly name: PortName | undefined
  readonly port: number
}

/** One finding per port that is taken: by whom, and which port to use in its place; one `ok` when all are free. */
export async function portFindings(
  wanted: readonly WantedPort[],
  findOwner: FindOwner,
): Promise<readonly PreflightFinding[]> {
  const taken = new Set(wanted.map(({ port }) => port))
  const findings: PreflightFinding[] = []
  for (const { name, port } of wanted) {
    const trouble = await portTrouble(port)
    if (trouble === undefined) continue
    const holder = await portHolder(port)
    const owner: PortOwner =
      (await findOwner(port)) ?? (holder === undefined ? { kind: 'unknown' } : { kind: 'process', ...holder })
    const what = name ?? 'a receiver of the config'
    const free = name === undefined ? undefined : await freePort(port, taken)
    if (free !== undefined) taken.add(free)
    findings.push({
      check: 'port',
      severity: 'error',
      message:
        trouble === 'EACCES'
          ? `port ${port} (${what}) may not be used by this user`
          : `port ${port} (${what}) is taken by ${ownerWords(owner)}`,
      owner,
      fix:
        name !== undefined && free !== undefined
          ? { kind: 'use-port', name, port: free }
          : { kind: 'by-hand', words: name === undefined ? stopOwn : `Choose another port for ${name}.` },
    })
  }
  if (findings.length > 0) return findings
  const ports = wanted.map(({ port }) => port).join(', ')
  return [{ check: 'port', severity: 'ok', message: `ports ${ports} are free`, owner: undefined, fix: undefined }]
}

const stopOwn = "Stop Weir's own pipeline, which Alloy is to replace, or give the receiver another port in the config."

/** `container web (nginx:1)`, `nginx (pid 7)`. */
export function ownerWords(owner: PortOwner): string {
  switch (owner.kind) {
    case 'container':
      return `the container ${owner.name} (${owner.image})`
    case 'process':
      return `${owner.command} (pid ${owner.pid})`
    case 'unknown':
      return 'another program'
  }
}
