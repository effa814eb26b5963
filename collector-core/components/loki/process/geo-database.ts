import { readFileSync, statSync } from 'node:fs'
import { isIP } from 'node:net'
import { Reader } from 'mmdb-lib'
import { WeirError } from '../../../weir-error.ts'
import type { GeoDatabase } from './pure/stages/stage.ts'
import type { Json } from './pure/jmespath/json-value.ts'

const largestFile = 1024 ** 3

/**
 * Reads a MaxMind DB file (https://maxmind.github.io/MaxMind-DB/) into memory, at most 1 GiB of it. Throws a `WeirError`
 * with code `geoip-database` when it cannot be read or is none.
 */
export function openGeoDatabase(path: string): GeoDatabase {
  let reader: Reader<never>
  try {
    if (statSync(path).size > largestFile) throw new Error('it is larger than 1 GiB')
    reader = new Reader<never>(readFileSync(path))
  } catch (error) {
    throw new WeirError(
      'geoip-database',
      `the GeoIP database ${path} cannot be used: ${(error as Error).message}`,
      'Set db to a MaxMind DB file (.mmdb) that Weir may read.',
      { cause: error },
    )
  }
  const readsV6 = reader.metadata.ipVersion === 6
  return (address) => {
    const version = isIP(address)
    if (version === 0 || (version === 6 && !readsV6)) return undefined
    try {
      return digits(reader.get(address)) ?? undefined
    } catch {
      return undefined
    }
  }
}

/** What was read, changed in place: integers of more than 48 bits become their digits. Bytes do not occur in what is looked up. */
function digits(value: unknown): Json {
  if (typeof value === 'bigint') return String(value)
  if (typeof value === 'object' && value !== null) {
    const members = value as Record<string, unknown>
    for (const name of Object.keys(members)) members[name] = digits(members[name])
  }
  return value as Json
}
