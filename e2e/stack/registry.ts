import { createServer } from 'node:http'
import type { Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { sleep } from '../wait-until.ts'
import { digestOf, registryImage } from './stand-in-image.ts'
import type { StandIn } from './stand-in-image.ts'

/** A registry (distribution API v2, read only) on loopback, which engines reach without TLS; its blobs can be slowed. */
export class Registry {
  private readonly server: Server
  private readonly manifests = new Map<string, Buffer>()
  private readonly blobs = new Map<string, Buffer>()
  bytesPerSecond = Infinity
  /** Requests for blobs whose client left before the end. */
  abandoned = 0

  constructor() {
    this.server = createServer(
      (request, response) => void this.answer(request.method ?? 'GET', request.url ?? '/', response),
    )
  }

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve))
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`
  }

  async add(repository: string, tag: string, standIn: StandIn): Promise<void> {
    const { manifest, blobs } = await registryImage(standIn)
    this.manifests.set(`/v2/${repository}/manifests/${tag}`, manifest)
    this.manifests.set(`/v2/${repository}/manifests/${digestOf(manifest)}`, manifest)
    for (const [digest, blob] of blobs) this.blobs.set(digest, blob)
  }

  close(): void {
    this.server.closeAllConnections()
    this.server.close()
  }

  private async answer(method: string, url: string, response: ServerResponse): Promise<void> {
    const manifest = this.manifests.get(url)
    const blob = this.blobs.get(url.split('/').at(-1) ?? '')
    if (url === '/v2/') response.end('{}')
    else if (manifest !== undefined) {
      response.writeHead(200, {
        'content-type': 'application/vnd.docker.distribution.manifest.v2+json',
        'docker-content-digest': digestOf(manifest),
        'content-length': manifest.length,
      })
      response.end(method === 'HEAD' ? undefined : manifest)
    } else if (blob !== undefined) await this.pour(blob, response)
    else {
      response.writeHead(404, { 'content-type': 'application/json' })
      response.end('{"errors":[{"code":"MANIFEST_UNKNOWN","message":"manifest unknown"}]}')
    }
  }

  private async pour(blob: Buffer, response: ServerResponse): Promise<void> {
    response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': blob.length })
    const step = 64 * 1024
    for (let at = 0; at < blob.length; at += step) {
      if (response.destroyed) {
        this.abandoned++
        return
      }
      response.write(blob.subarray(at, at + step))
      if (this.bytesPerSecond < Infinity) await sleep((step / this.bytesPerSecond) * 1000)
    }
    response.end()
  }
}
