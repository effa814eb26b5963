import type { ImagePull, PullProgress } from '../../contract/stack.ts'

const windowMs = 5000

/** Several pulls as one: their common fraction, and the rate over the last five seconds. */
export class PullRate {
  private readonly seen: { readonly at: number; readonly bytes: number }[] = []

  measure(images: readonly ImagePull[], now: number): PullProgress {
    const bytes = images.reduce((sum, { downloadedBytes }) => sum + downloadedBytes, 0)
    this.seen.push({ at: now, bytes })
    while (this.seen.length > 2 && now - this.seen[0].at > windowMs) this.seen.shift()
    const first = this.seen[0]
    const elapsed = now - first.at
    return {
      images,
      fraction: images.reduce((sum, { fraction }) => sum + fraction, 0) / Math.max(1, images.length),
      bytesPerSecond: elapsed > 0 ? Math.max(0, ((bytes - first.bytes) / elapsed) * 1000) : 0,
    }
  }
}
