import { choice, map, string } from '../../../../../schema/field.ts'
import { lookupOf, lookupProblems } from './jmespath-lookup.ts'
import { defineStage, problem } from './stage.ts'

const country = {
  geoip_continent_code: 'continent.code',
  geoip_continent_name: 'continent.names.en',
  geoip_country_code: 'country.iso_code',
  geoip_country_name: 'country.names.en',
}

/** The extracted values of each kind of database, and where its records hold them. */
const known: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  asn: {
    geoip_autonomous_system_number: 'autonomous_system_number',
    geoip_autonomous_system_organization: 'autonomous_system_organization',
  },
  country,
  city: {
    ...country,
    geoip_city_name: 'city.names.en',
    geoip_location_latitude: 'location.latitude',
    geoip_location_longitude: 'location.longitude',
    geoip_postal_code: 'postal.code',
    geoip_subdivision_code: 'subdivisions[0].iso_code',
    geoip_subdivision_name: 'subdivisions[0].names.en',
    geoip_timezone: 'location.time_zone',
  },
}

/** Looks an extracted address up in a MaxMind DB file. What is no address, or not in the database, extracts nothing. */
export const geoipStage = defineStage({
  fields: {
    db: string('MaxMind DB file (.mmdb).', { required: true }),
    source: string('Extracted value that holds the address.', { required: true }),
    db_type: choice(['asn', 'city', 'country'], 'Kind of the database; without it only custom_lookups are extracted.'),
    custom_lookups: map(string(''), 'Extracted names and the JMESPath of the record each is read with.'),
  },
  check({ db, source, db_type: kind, custom_lookups: custom }) {
    const problems = []
    if (db === '') problems.push(problem('db', 'db must name a MaxMind DB file'))
    if (source === '') problems.push(problem('source', 'source must name the extracted value that holds the address'))
    if (kind === undefined && custom.size === 0)
      problems.push(problem([], 'set db_type, custom_lookups or both, or nothing is extracted'))
    return [...problems, ...lookupProblems('custom_lookups', custom)]
  },
  build({ db, source, db_type: kind, custom_lookups: custom }, { openGeoDatabase }, next) {
    const find = openGeoDatabase(db)
    const expressions = [...Object.entries(kind === undefined ? {} : known[kind]), ...custom]
    const lookups = expressions.map(([name, expression]) => ({ name, lookup: lookupOf(expression) }))
    return (entry) => {
      const { extracted } = entry
      const address = extracted.text(source)
      const record = address === undefined ? undefined : find(address)
      if (record !== undefined) {
        for (const { name, lookup } of lookups) {
          const value = lookup(record) ?? null
          if (value !== null && value !== '') extracted.set(name, value)
        }
      }
      next(entry)
    }
  },
})
