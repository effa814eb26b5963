import { statfs } from 'node:fs/promises'
import type { PreflightFinding } from '../../contract/stack.ts'

const gib = 1024 * 1024 * 1024
const neededBytes = 1 * gib
const comfortableBytes = 5 * gib

const finding = (
  check: PreflightFinding['check'],
  severity: PreflightFinding['severity'],
  message: string,
  words?: string,
): PreflightFinding => ({
  check,
  severity,
  message,
  owner: undefined,
  fix: words === undefined ? undefined : { kind: 'by-hand', words },
})

/** Free space where the backends will write; says so when it cannot be known, as for an engine in a virtual machine. */
export async function diskFinding(folder: string): Promise<PreflightFinding> {
  let free: number
  try {
    const { bavail, bsize } = await statfs(folder)
    free = bavail * bsize
  } catch {
    return finding('disk', 'ok', `the free space of ${folder} cannot be seen from here`)
  }
  const message = `${sizeWords(free)} free in ${folder}`
  const words = 'Free some space; `docker system prune` removes what no container uses.'
  if (free < neededBytes)
    return finding('disk', 'error', `only ${message}, ${sizeWords(neededBytes)} are needed`, words)
  if (free < comfortableBytes) return finding('disk', 'warning', `only ${message}`, words)
  return finding('disk', 'ok', message)
}

/** Whether the bounds of all backends fit into what the engine has. */
export function memoryFinding(limitBytes: number, engineBytes: number | undefined): PreflightFinding {
  if (engineBytes === undefined) return finding('memory', 'ok', 'the engine does not say how much memory it has')
  const message = `the engine has ${sizeWords(engineBytes)}, the backends may use up to ${sizeWords(limitBytes)}`
  if (engineBytes >= limitBytes) return finding('memory', 'ok', message)
  const words =
    'Give Docker more memory, or use Prometheus instead of Mimir; idle backends need far less than their bounds.'
  return finding('memory', 'warning', message, words)
}

/** All images exist for 64-bit Intel and ARM. */
export function architectureFinding(architecture: string): PreflightFinding {
  if (/^(x86_64|amd64|aarch64|arm64)$/i.test(architecture)) return finding('architecture', 'ok', architecture)
  const message = `the engine runs on ${architecture === '' ? 'an unknown architecture' : architecture}`
  return finding('architecture', 'error', message, 'The images exist for amd64 and arm64 only.')
}

/** `1.5 GiB`, `300 MiB`, `12 KiB`. */
export function sizeWords(bytes: number): string {
  if (bytes >= gib) return `${(bytes / gib).toFixed(1)} GiB`
  if (bytes >= 1024 * 1024) return `${Math.round(bytes / 1024 / 1024)} MiB`
  return `${Math.ceil(bytes / 1024)} KiB`
}
