import { createReadStream } from 'node:fs'
import { access, constants } from 'node:fs/promises'
import { JsonLines } from '../../../collector-core/docker/json-lines.ts'
import { WeirError } from '../../../collector-core/weir-error.ts'
import type { DockerApi } from './docker-api.ts'
import { explainEngine } from './explain-engine.ts'

/** Loads the images of a `docker save` tar, for machines that reach no registry. */
export async function loadImages(api: DockerApi, path: string, cancel: AbortSignal): Promise<void> {
  await access(path, constants.R_OK).catch((error: unknown) => {
    throw new WeirError('no-such-file', `${path} cannot be read`, 'Name a tar made by `docker save`.', { cause: error })
  })
  const asked = { doing: `importing ${path}` }
  let failure: string | undefined
  try {
    const answer = await api.docker.loadImage(createReadStream(path), { abortSignal: cancel } as object)
    const lines = new JsonLines((line) => {
      const { error } = line as { error?: unknown }
      if (typeof error === 'string') failure = error
    })
    for await (const chunk of answer) lines.push(chunk as Buffer)
  } catch (error) {
    throw cancel.aborted
      ? new WeirError('cancelled', `${asked.doing} was cancelled`, 'Nothing to do.')
      : explainEngine(error, api.host, asked)
  }
  if (failure !== undefined) throw explainEngine(new Error(failure), api.host, asked)
}
