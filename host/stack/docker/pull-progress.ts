import type { ImagePull } from '../../contract/stack.ts'

interface Layer {
  total: number
  downloaded: number
  extracted: number
  done: boolean
}

/** Downloading is so much of an image's fraction, extracting the rest. */
const downloadShare = 0.8

/**
 * What the lines of one image's pull add up to. Totals may be missing (the containerd image store names none while
 * extracting) and layers appear one by one, so nothing is divided by what is not known, and the fraction never falls.
 */
export class ImageProgress {
  readonly image: string
  private readonly layers = new Map<string, Layer>()
  private state: ImagePull['state'] = 'waiting'
  private fraction = 0
  /** What the stream said went wrong, if it did. */
  failure: string | undefined

  constructor(image: string) {
    this.image = image
  }

  /** Takes one line of `POST /images/create`. */
  take(line: unknown): void {
    const { id, status, progressDetail, errorDetail, error } = line as {
      id?: unknown
      status?: unknown
      progressDetail?: { current?: unknown; total?: unknown } | null
      errorDetail?: { message?: unknown } | null
      error?: unknown
    }
    const failure = errorDetail?.message ?? error
    if (typeof failure === 'string') {
      this.failure = failure
      this.state = 'failed'
      return
    }
    if (typeof id !== 'string' || typeof status !== 'string' || !/^[0-9a-f]{12,64}$/.test(id)) return
    const layer = this.layers.get(id) ?? { total: 0, downloaded: 0, extracted: 0, done: false }
    this.layers.set(id, layer)
    this.read(layer, status, finite(progressDetail?.current), finite(progressDetail?.total))
    this.fraction = Math.max(this.fraction, this.measure())
  }

  finish(state: 'done' | 'failed' | 'cancelled'): void {
    this.state = state
    if (state === 'done') this.fraction = 1
  }

  get value(): ImagePull {
    const layers = [...this.layers.values()]
    const totalBytes = layers.reduce((sum, { total }) => sum + total, 0)
    return {
      image: this.image,
      state: this.state,
      downloadedBytes: layers.reduce((sum, { downloaded }) => sum + downloaded, 0),
      totalBytes: totalBytes > 0 ? totalBytes : undefined,
      fraction: this.fraction,
    }
  }

  private read(layer: Layer, status: string, current: number | undefined, total: number | undefined): void {
    switch (status) {
      case 'Downloading':
        this.state = 'downloading'
        layer.total = Math.max(layer.total, total ?? 0)
        layer.downloaded = Math.max(layer.downloaded, current ?? 0)
        break
      case 'Verifying Checksum':
      case 'Download complete':
        layer.downloaded = Math.max(layer.downloaded, layer.total)
        break
      case 'Extracting':
        this.state = 'extracting'
        layer.downloaded = Math.max(layer.downloaded, layer.total)
        if (current !== undefined && total !== undefined && total > 0) layer.extracted = Math.min(1, current / total)
        break
      case 'Pull complete':
      case 'Already exists':
        layer.done = true
        layer.extracted = 1
        layer.downloaded = Math.max(layer.downloaded, layer.total)
        break
      default:
    }
  }

  private measure(): number {
    const layers = [...this.layers.values()]
    const share = ({ total, downloaded, extracted, done }: Layer): number => {
      if (done) return 1
      const download = total > 0 ? Math.min(1, downloaded / total) : 0
      return download * downloadShare + extracted * (1 - downloadShare)
    }
    // Layers of unknown size count like the average of the known ones; the last step belongs to the end of the stream.
    const known = layers.filter(({ total }) => total > 0)
    const average = known.length === 0 ? 1 : known.reduce((sum, { total }) => sum + total, 0) / known.length
    const weights = layers.map(({ total }) => (total > 0 ? total : average))
    const whole = weights.reduce((sum, weight) => sum + weight, 0)
    return Math.min(0.99, layers.reduce((sum, layer, index) => sum + share(layer) * weights[index], 0) / whole)
  }
}

const finite = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined
