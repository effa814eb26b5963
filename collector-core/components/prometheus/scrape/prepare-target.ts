// From a discovered label set to something that can be scraped, or the reason why not.
import { Labels } from '../../../signal/labels.ts'
import { formatPrometheusDuration, parsePrometheusDuration } from './prometheus-duration.ts'
import { stableHash } from './stable-hash.ts'
import { targetUrl } from './target-url.ts'

/** What a target takes from the arguments where its labels say nothing. */
export interface TargetDefaults {
  readonly job: string
  readonly intervalMs: number
  readonly timeoutMs: number
  readonly path: string
  readonly scheme: string
  readonly params: ReadonlyMap<string, readonly string[]>
  readonly convertClassic: boolean
  readonly classic: boolean
  readonly native: boolean
}

/** A target ready to be scraped. */
export interface ScrapeTarget {
  /** Equal for equal targets: its labels and its URL. */
  readonly key: string
  /** The labels its samples get. */
  readonly labels: Labels
  readonly url: string
  readonly address: string
  readonly intervalMs: number
  readonly timeoutMs: number
  readonly convertClassic: boolean
  readonly classic: boolean
  readonly native: boolean
  /** Spreads targets over the interval. */
  readonly hash: number
}

export interface TargetError {
  readonly discovered: Labels
  readonly reason: string
}

const loneSurrogate = /\p{Surrogate}/u

/** Fills in defaults, checks, and strips the labels meant for scraping only. */
export function prepareTarget(discovered: Labels, defaults: TargetDefaults): ScrapeTarget | TargetError {
  const map = discovered.toMap()
  const fill = (name: string, value: string): void => {
    if ((map.get(name) ?? '') === '') map.set(name, value)
  }
  fill('job', defaults.job)
  fill('__scrape_interval__', formatPrometheusDuration(defaults.intervalMs))
  fill('__scrape_timeout__', formatPrometheusDuration(defaults.timeoutMs))
  fill('__metrics_path__', defaults.path)
  fill('__scheme__', defaults.scheme)
  fill('__convert_classic_histograms_to_nhcb__', String(defaults.convertClassic))
  fill('__always_scrape_classic_histograms__', String(defaults.classic))
  fill('__scrape_native_histograms__', String(defaults.native))
  for (const [name, values] of defaults.params) if (values.length > 0) fill(`__param_${name}`, values[0])

  const refuse = (reason: string): TargetError => ({ discovered, reason })
  const address = map.get('__address__') ?? ''
  if (address === '') return refuse('it has no __address__')
  if (address.includes('@')) {
    const bare = address.replace(/^.*@/, '')
    const reason = `its __address__ holds a user or password: write only "${bare}", and set basic_auth`
    return { discovered: discovered.with([['__address__', bare]]), reason }
  }
  if (address.includes('/')) return refuse(`its __address__ "${address}" is not host:port (it contains "/")`)
  const intervalMs = parsePrometheusDuration(map.get('__scrape_interval__')!) ?? 0
  const timeoutMs = parsePrometheusDuration(map.get('__scrape_timeout__')!) ?? 0
  if (intervalMs === 0)
    return refuse(`its __scrape_interval__ "${map.get('__scrape_interval__')}" is not a duration above 0`)
  if (timeoutMs === 0)
    return refuse(`its __scrape_timeout__ "${map.get('__scrape_timeout__')}" is not a duration above 0`)
  if (timeoutMs > intervalMs) return refuse('its __scrape_timeout__ is longer than its __scrape_interval__')
  for (const name of switches) {
    const value = map.get(name)!
    if (value !== 'true' && value !== 'false') return refuse(`its ${name} "${value}" is not true or false`)
  }
  for (const [name, value] of map)
    if (loneSurrogate.test(value)) return refuse(`its label ${name} is not valid Unicode`)

  const scheme = map.get('__scheme__')!
  if (scheme !== 'http' && scheme !== 'https') return refuse(`its __scheme__ "${scheme}" is not http or https`)

  fill('instance', address)
  const url = targetUrl(map, address, defaults.params)
  if (url === undefined) return refuse(`"${scheme}://${address}" is not an address that can be requested`)
  const labels = Labels.ofMap(map).filter((name) => !name.startsWith('__'))
  const key = `${labels.key}${url}`
  return {
    key,
    labels,
    url,
    address,
    intervalMs,
    timeoutMs,
    convertClassic: map.get(switches[0]) === 'true',
    classic: map.get(switches[1]) === 'true',
    native: map.get(switches[2]) === 'true',
    hash: stableHash(key),
  }
}

/** Whether two targets of one key are scraped in the same way. */
export function scrapedAlike(a: ScrapeTarget, b: ScrapeTarget): boolean {
  return (
    a.intervalMs === b.intervalMs &&
    a.timeoutMs === b.timeoutMs &&
    a.convertClassic === b.convertClassic &&
    a.classic === b.classic &&
    a.native === b.native
  )
}

const switches = [
  '__convert_classic_histograms_to_nhcb__',
  '__always_scrape_classic_histograms__',
  '__scrape_native_histograms__',
] as const
