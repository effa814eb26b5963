import { describe, expect, test } from 'vitest'
import type { Json } from '../jmespath/json-value.ts'
import { problemsOf, StageRun } from './run-stages.ts'

const record: Json = {
  city: { names: { en: 'Seoul', ko: '서울' } },
  continent: { code: 'AS', names: { en: 'Asia' } },
  country: { iso_code: 'KR', names: { en: 'South Korea' } },
  location: { latitude: 37.566, longitude: 126.978, time_zone: 'Asia/Seoul' },
  subdivisions: [{ iso_code: '11', names: { en: 'Seoul' } }],
  autonomous_system_number: 4766,
}

/** The `geoip_…` values and custom ones found for a line that is an address. */
function found(args: Readonly<Record<string, unknown>>, address: string): Readonly<Record<string, unknown>> {
  const opened: string[] = []
  const open = (path: string) => {
    opened.push(path)
    return (asked: string) => (asked === '1.2.3.4' ? record : undefined)
  }
  const find = ['geoip', { db: '/geo.mmdb', source: 'ip', ...args }] as const
  const { out } = new StageRun([['regex', { expression: '(?P<ip>.*)' }], find], undefined, open).send(address)
  expect(opened).toEqual(['/geo.mmdb'])
  expect(out).toHaveLength(1)
  const { ip, ...rest } = out[0].extracted
  expect(ip).toBe(address)
  return rest
}

describe('stage.geoip', () => {
  test('extracts what a city database knows, and leaves out what it does not', () =>
    expect(found({ db_type: 'city' }, '1.2.3.4')).toEqual({
      geoip_city_name: 'Seoul',
      geoip_continent_code: 'AS',
      geoip_continent_name: 'Asia',
      geoip_country_code: 'KR',
      geoip_country_name: 'South Korea',
      geoip_location_latitude: 37.566,
      geoip_location_longitude: 126.978,
      geoip_subdivision_code: '11',
      geoip_subdivision_name: 'Seoul',
      geoip_timezone: 'Asia/Seoul',
    }))

  test('extracts of other kinds what they are about', () => {
    expect(found({ db_type: 'asn' }, '1.2.3.4')).toEqual({ geoip_autonomous_system_number: 4766 })
    expect(Object.keys(found({ db_type: 'country' }, '1.2.3.4'))).toHaveLength(4)
  })

  test('reads what custom lookups ask for', () =>
    expect(found({ custom_lookups: { korean: 'city.names.ko', all: 'city.names' } }, '1.2.3.4')).toEqual({
      korean: '서울',
      all: '{"en":"Seoul","ko":"서울"}',
    }))

  test('passes on what is not known', () => expect(found({ db_type: 'city' }, 'elsewhere')).toEqual({}))

  test('says what is wrong with its arguments', () => {
    expect(problemsOf([['geoip', { db: 'x', source: 'ip' }]])[0]).toContain('set db_type, custom_lookups or both')
    expect(problemsOf([['geoip', { db: '', source: '', db_type: 'asn' }]])).toHaveLength(2)
    expect(problemsOf([['geoip', { db: 'x', source: 'ip', custom_lookups: { a: 'b[' } }]])[0]).toContain(
      'the JMESPath of "a" is not valid',
    )
  })
})
