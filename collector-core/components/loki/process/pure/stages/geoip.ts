import { choice, map, string } from '../../../../../schema/field.ts'
import { defineStage, problem } from './stage.ts'

/** Known, so that a configuration with it can be read, and refused: Weir has no reader of GeoIP databases. */
export const geoipStage = defineStage({
  fields: {
    db: string('GeoIP database file.', { required: true }),
    source: string('Extracted value that holds the address.', { required: true }),
    db_type: choice(['asn', 'city', 'country'], 'Kind of the database.'),
    custom_lookups: map(string(''), 'Extracted names and the JMESPath each is read with.'),
  },
  check: () => [
    problem(
      [],
      'Weir cannot read GeoIP databases; remove stage.geoip, or look addresses up where the logs are queried',
    ),
  ],
  build: (_, __, next) => next,
})
