import { JsonLines } from '../../../collector-core/docker/json-lines.ts'
import { WeirError } from '../../../collector-core/weir-error.ts'
import type { PullProgress } from '../../contract/stack.ts'
import type { DockerApi } from './docker-api.ts'
import { explainEngine } from './explain-engine.ts'
import { ImageProgress } from './pull-progress.ts'
import { PullRate } from './pull-rate.ts'

/** An engine that sends nothing for so long has lost its registry without noticing. */
const silenceMs = 120_000
const reportEveryMs = 250

/**
 * Pulls images side by side. Rejects with the first failure, after ending the other pulls; `cancelled` when the signal
 * says so. The engine stops a pull when the connection goes away and keeps the layers it has.
 */
export async function pullImages(
  api: DockerApi,
  images: readonly string[],
  onProgress: (progress: PullProgress) => void,
  cancel: AbortSignal,
): Promise<void> {
  const progress = images.map((image) => new ImageProgress(image))
  const rate = new PullRate()
  const report = (): void =>
    onProgress(
      rate.measure(
        progress.map(({ value }) => value),
        Date.now(),
      ),
    )
  const giveUp = new AbortController()
  const end = AbortSignal.any([cancel, giveUp.signal])
  report()
  const timer = setInterval(report, reportEveryMs)
  try {
    await Promise.all(
      progress.map(async (image) => {
        try {
          await pullOne(api, image, end)
          image.finish('done')
        } catch (error) {
          image.finish(end.aborted ? 'cancelled' : 'failed')
          giveUp.abort()
          throw error
        }
      }),
    )
  } catch (error) {
    if (cancel.aborted) throw new WeirError('cancelled', 'the pull was cancelled', 'Start again to go on with it.')
    throw error
  } finally {
    clearInterval(timer)
    report()
  }
}

async function pullOne(api: DockerApi, image: ImageProgress, end: AbortSignal): Promise<void> {
  const asked = { doing: `pulling ${image.image}`, image: image.image }
  const cancelled = (): WeirError => new WeirError('cancelled', `${asked.doing} was cancelled`, 'Nothing to do.')
  let stream: NodeJS.ReadableStream & { destroy?: () => void }
  try {
    stream = await api.docker.pull(image.image, { abortSignal: end })
  } catch (error) {
    throw end.aborted ? cancelled() : explainEngine(error, api.host, asked)
  }
  await new Promise<void>((resolve, reject) => {
    const lines = new JsonLines((line) => image.take(line))
    const close = (): void => stream.destroy?.()
    let silence = setTimeout(close, silenceMs)
    const settle = (error?: unknown): void => {
      clearTimeout(silence)
      end.removeEventListener('abort', close)
      close()
      if (end.aborted) reject(cancelled())
      else if (image.failure !== undefined) reject(explainEngine(new Error(image.failure), api.host, asked))
      else if (error !== undefined) reject(explainEngine(error, api.host, asked))
      else resolve()
    }
    end.addEventListener('abort', close, { once: true })
    stream.on('data', (chunk: Buffer) => {
      clearTimeout(silence)
      silence = setTimeout(close, silenceMs)
      lines.push(chunk)
    })
    stream.on('end', () => settle())
    stream.on('error', settle)
    stream.on('close', () => settle({ code: 'ECONNRESET' }))
  })
}
