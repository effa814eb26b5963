// Who listens on a port, from what Linux tells in /proc. Elsewhere, and for processes of other users, it stays unknown.
import { readdir, readFile, readlink } from 'node:fs/promises'

export interface PortHolder {
  readonly pid: number
  readonly command: string
}

/** The files under /proc; tests pass their own. Each call may fail. */
export interface ProcFiles {
  read(path: string): Promise<string>
  list(path: string): Promise<readonly string[]>
  link(path: string): Promise<string>
}

const systemProc: ProcFiles = {
  read: (path) => readFile(path, 'utf8'),
  list: (path) => readdir(path),
  link: (path) => readlink(path),
}

const listenState = '0A'
const mostProcesses = 5000

/** The process listening on a TCP port, if it can be told. */
export async function portHolder(port: number, proc: ProcFiles = systemProc): Promise<PortHolder | undefined> {
  const sockets = new Set<string>()
  for (const table of ['/proc/net/tcp', '/proc/net/tcp6']) {
    for (const inode of listeningInodes(await proc.read(table).catch(() => ''), port)) sockets.add(`socket:[${inode}]`)
  }
  if (sockets.size === 0) return undefined
  const pids = (await proc.list('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name))
  for (const pid of pids.slice(0, mostProcesses)) {
    for (const descriptor of await proc.list(`/proc/${pid}/fd`).catch(() => [])) {
      const link = await proc.link(`/proc/${pid}/fd/${descriptor}`).catch(() => '')
      if (!sockets.has(link)) continue
      const command = (await proc.read(`/proc/${pid}/comm`).catch(() => '')).trim()
      return { pid: Number(pid), command: command === '' ? 'unknown' : command }
    }
  }
  return undefined
}

/** Columns: sl, local_address (hex address:port), rem_address, st, queues, timers, retransmits, uid, timeout, inode. */
function listeningInodes(table: string, port: number): string[] {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`
  const inodes: string[] = []
  for (const line of table.split('\n').slice(1)) {
    const columns = line.trim().split(/\s+/)
    if (columns.length > 9 && columns[1].endsWith(suffix) && columns[3] === listenState) inodes.push(columns[9])
  }
  return inodes
}
