import type { DockerApi } from './docker-api.ts'

const freshMs = 60_000

/** Sizes of volumes by name; the engine walks the files for it, so it is asked at most once a minute. */
export function volumeSizes(): (api: DockerApi) => Promise<ReadonlyMap<string, number>> {
  let sizes: ReadonlyMap<string, number> = new Map()
  let askedAt = 0
  return async (api) => {
    if (Date.now() - askedAt < freshMs) return sizes
    askedAt = Date.now()
    try {
      const answer: unknown = await api.ask('measuring volumes', (docker, abortSignal) =>
        (docker.df.bind(docker) as (options: object) => Promise<unknown>)({ type: 'volume', abortSignal }),
      )
      sizes = readSizes(answer)
    } catch {
      // A size is worth no failure: the card leaves it out.
    }
    return sizes
  }
}

function readSizes(answer: unknown): ReadonlyMap<string, number> {
  const { Volumes } = answer as {
    Volumes?: readonly { Name?: unknown; UsageData?: { Size?: unknown } | null }[] | null
  }
  const sizes = new Map<string, number>()
  for (const { Name, UsageData } of Volumes ?? []) {
    const size = UsageData?.Size
    if (typeof Name === 'string' && typeof size === 'number' && size >= 0) sizes.set(Name, size)
  }
  return sizes
}
