// Images that stand in for Loki, Tempo, Mimir and Grafana: one static binary, the owner and data folder of the real ones.
import { spawnSync } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import tar from 'tar-stream'
import { pinnedImages } from '../../host/stack/pinned-images.ts'
import type { BackendName } from '../../host/contract/stack.ts'
import type { DockerDaemon } from '../docker/docker-daemon.ts'

export const stoodIn = ['mimir', 'loki', 'tempo', 'grafana'] as const

/** How a stand-in behaves: written to its volume at start; `broken` does not start, `fleeting` ends after two seconds. */
export type Mark = 'first' | 'second' | 'broken' | 'fleeting'

export interface StandIn {
  readonly backend: BackendName
  readonly mark: Mark
  /** The data folder belongs to root, as when a volume is mounted on a path the image does not have. */
  readonly rootOwnsData?: boolean
  /** Bytes of noise, for pulls that take a while. */
  readonly noise?: number
}

let binary: Buffer | undefined

function compiled(): Buffer {
  if (binary !== undefined) return binary
  const folder = mkdtempSync(join(tmpdir(), 'weir-e2e-backend-'))
  const source = new URL('backend.c', import.meta.url).pathname
  const { status, stderr } = spawnSync('cc', ['-static', '-O1', '-D_GNU_SOURCE', '-o', join(folder, 'backend'), source])
  if (status !== 0) throw new Error(stderr.toString())
  binary = readFileSync(join(folder, 'backend'))
  rmSync(folder, { recursive: true })
  return binary
}

/** The root file system as a tar. */
export async function rootFilesystem({ backend, rootOwnsData = false, noise = 0 }: StandIn): Promise<Buffer> {
  const { dataPath, user } = pinnedImages[backend]
  const owner = rootOwnsData ? 0 : user
  const pack = tar.pack()
  const folders = dataPath.split('/').slice(1)
  folders.forEach((_, index) => {
    const last = index === folders.length - 1
    pack.entry({
      name: `${folders.slice(0, index + 1).join('/')}/`,
      type: 'directory',
      mode: 0o755,
      ...(last && { uid: owner, gid: owner }),
    })
  })
  pack.entry({ name: 'etc/', type: 'directory', mode: 0o755 })
  pack.entry({ name: 'backend', mode: 0o755 }, compiled())
  if (noise > 0) pack.entry({ name: 'noise' }, randomBytes(noise))
  pack.finalize()
  const chunks: Buffer[] = []
  for await (const chunk of pack) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

export const entrypoint = ({ backend, mark }: StandIn): readonly string[] => [
  '/backend',
  backend,
  pinnedImages[backend].dataPath,
  mark,
]

/** Puts the stand-in into the daemon under a name. */
export async function importStandIn(daemon: DockerDaemon, image: string, standIn: StandIn): Promise<void> {
  daemon.importImage(image, await rootFilesystem(standIn), [
    `ENTRYPOINT ${JSON.stringify(entrypoint(standIn))}`,
    `USER ${pinnedImages[standIn.backend].user}`,
  ])
}

/** The blobs and the manifest of the stand-in, as a registry serves them. */
export async function registryImage(standIn: StandIn): Promise<{ manifest: Buffer; blobs: Map<string, Buffer> }> {
  const layer = await rootFilesystem(standIn)
  const packed = gzipSync(layer, { level: 1 })
  const config = Buffer.from(
    JSON.stringify({
      architecture: process.arch === 'x64' ? 'amd64' : 'arm64',
      os: 'linux',
      config: { Entrypoint: entrypoint(standIn), User: String(pinnedImages[standIn.backend].user) },
      rootfs: { type: 'layers', diff_ids: [digestOf(layer)] },
    }),
  )
  const described = (mediaType: string, blob: Buffer) => ({ mediaType, size: blob.length, digest: digestOf(blob) })
  const manifest = Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: 'application/vnd.docker.distribution.manifest.v2+json',
      config: described('application/vnd.docker.container.image.v1+json', config),
      layers: [described('application/vnd.docker.image.rootfs.diff.tar.gzip', packed)],
    }),
  )
  return { manifest, blobs: new Map([config, packed].map((blob) => [digestOf(blob), blob])) }
}

export const digestOf = (bytes: Buffer): string => `sha256:${createHash('sha256').update(bytes).digest('hex')}`
