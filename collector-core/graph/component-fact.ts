import { formatDuration } from '../language/duration.ts'
import { redactUrl } from '../language/redact-url.ts'
import { Labels } from '../signal/labels.ts'

type Values = Readonly<Record<string, unknown>>

/**
 * The one line worth showing on a component: what it reads, how often, or where it sends. Goes by the argument names
 * components have in common; empty when it has none of them.
 */
export function componentFact(args: Values, exports: Values): string {
  const parts = [
    destination(args),
    listening(args),
    targetsOf(args),
    repeated(args.rule, 'rule'),
    repeated(args.stage, 'stage'),
    text(args.filename),
    every(args.send_batch_size === undefined ? args.scrape_interval : args.timeout),
    percentage(args.sampling_percentage),
  ].filter((part) => part !== undefined)
  if (parts.length === 0 && Array.isArray(exports.targets)) return `${counted(exports.targets.length, 'target')} found`
  return parts.join(' · ')
}

function destination(args: Values): string | undefined {
  const endpoints = Array.isArray(args.endpoint) ? (args.endpoint as Values[]).map(({ url }) => text(url)) : []
  const client = text((args.client as Values | undefined)?.endpoint)
  const places = [...endpoints, client].filter((place) => place !== undefined).map(hostOf)
  if (places.length === 0) return undefined
  return `→ ${places[0]}${places.length > 1 ? ` and ${places.length - 1} more` : ''}`
}

function listening({ grpc, http }: Values): string | undefined {
  const addresses = [grpc, http].flatMap((server) => text((server as Values | undefined)?.endpoint) ?? [])
  return addresses.length === 0 ? undefined : addresses.join(' · ')
}

function targetsOf(args: Values): string | undefined {
  const targets = args.targets ?? args.path_targets
  if (!Array.isArray(targets)) return undefined
  const [only] = targets as unknown[]
  if (targets.length !== 1 || !(only instanceof Labels)) return counted(targets.length, 'target')
  return text(hostOf(only.get('__address__'))) ?? text(only.get('__path__')) ?? '1 target'
}

function repeated(items: unknown, what: string): string | undefined {
  return Array.isArray(items) ? counted(items.length, what) : undefined
}

function every(interval: unknown): string | undefined {
  return typeof interval === 'number' && interval > 0 ? `every ${formatDuration(interval)}` : undefined
}

function percentage(share: unknown): string | undefined {
  return typeof share === 'number' ? `keeps ${share} %` : undefined
}

/** Host and port of a URL or of `host:port`; user names and passwords never show. */
function hostOf(address: string): string {
  const bare = redactUrl(address).replace(/^[a-z][a-z0-9+.-]*:\/\//i, '')
  return bare.split(/[/?#]/, 1)[0].replace(/^.*@/, '')
}

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)
const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`
