import { arrayValue, objectValue, stringValue, typeName } from '../value.ts'
import type { FunctionValue, Value } from '../value.ts'
import { valuesEqual } from '../values-equal.ts'
import { bool, give, libraryFunction, objects, refuse, text, texts, values } from './library-function.ts'

const concat = libraryFunction(
  {
    name: 'array.concat',
    parameters: [],
    rest: values('lists', 'The lists to join.'),
    returns: 'list(any)',
    doc: 'Joins lists into one list.',
  },
  (_, { rest }) => give(arrayValue(rest.flat())),
)

const combineMaps = libraryFunction(
  {
    name: 'array.combine_maps',
    parameters: [
      objects('left', 'The objects to extend.'),
      objects('right', 'The objects to extend them with; their fields win.'),
      texts('keys', 'The fields that have to be present and equal on both sides.'),
      bool('pass_through', 'Also keep left objects where nothing matches.'),
    ],
    optional: 1,
    returns: 'list(map(any))',
    doc: 'Merges each object of the left list with each object of the right list that agrees with it on all given keys.',
    stability: 'experimental',
  },
  ([left, right, keys, passThrough = false]: readonly [Objects, Objects, readonly string[], boolean?]) => {
    if (keys.length === 0) return refuse('no-keys', 'should name at least one key to match by', 2)
    if (left.length * right.length > mostPairs)
      return refuse('too-many-pairs', `has too many combinations with the second list (the limit is ${mostPairs})`, 0)
    const combined: Value[] = []
    for (const a of left) {
      for (const b of right) {
        if (keys.every((key) => agree(a.get(key), b.get(key)))) combined.push(objectValue([...a, ...b]))
        else if (passThrough) combined.push(objectValue(a))
      }
    }
    if (!passThrough) return give(arrayValue(combined))
    const message =
      'makes Alloy repeat an object once for each object of the second list that it does not match, and leave it out when that list is empty'
    return give(arrayValue(combined), { code: 'repeated-pass-through', message, argument: 3 })
  },
)

type Objects = readonly ReadonlyMap<string, Value>[]

const mostPairs = 4_000_000

/** Stricter than `==`: an integer never agrees with a float. */
function agree(left: Value | undefined, right: Value | undefined): boolean {
  if (left === undefined || right === undefined) return false
  if (left.kind === 'number' && right.kind === 'number' && left.type !== right.type) return false
  return valuesEqual(left, right)
}

const groupBy = libraryFunction(
  {
    name: 'array.group_by',
    parameters: [
      objects('items', 'The objects to group.'),
      text('key', 'The field to group by; its values must be strings.'),
      bool('drop_missing', 'Leave out objects without the field instead of grouping them under "".'),
    ],
    returns: 'list(map(any))',
    doc: 'Groups objects by a field, into objects that hold the value of that field and the list `items`, in order of first appearance.',
    stability: 'experimental',
  },
  ([items, key, dropMissing]) => {
    const groups = new Map<string, Value[]>()
    for (const [index, item] of items.entries()) {
      const field = item.get(key)
      if (field === undefined && dropMissing) continue
      if (field !== undefined && field.kind !== 'string')
        return refuse('wrong-type', `should be string, got ${typeName(field)}`, 0, [index, key])
      const name = field?.text ?? ''
      const group = groups.get(name)
      if (group) group.push(objectValue(item))
      else groups.set(name, [objectValue(item)])
    }
    return give(
      arrayValue(
        [...groups].map(([name, group]) =>
          objectValue([
            [key, stringValue(name)],
            ['items', arrayValue(group)],
          ]),
        ),
      ),
    )
  },
)

/** The functions of the namespace `array`. */
export const arrayFunctions: readonly FunctionValue[] = [combineMaps, concat, groupBy]
