import { describe, expect, test } from 'vitest'
import { compileJmespath } from './compile.ts'
import type { Json } from './json-value.ts'

const data: Json = {
  a: { b: { c: 'deep' } },
  name: 'web',
  'odd key': 1,
  list: [1, 2, 3, 4],
  nested: [[1, 2], 3, [4, [5]]],
  people: [
    { name: 'ann', age: 30, tags: ['x', 'y'] },
    { name: 'bob', age: 20 },
    { name: 'cyd', age: 40, tags: ['z'] },
  ],
  map: { one: { v: 1 }, two: { v: 2 }, none: {} },
  empty: [],
  yes: true,
  no: false,
  nothing: null,
}

const search = (expression: string): Json | string => {
  const { query, error } = compileJmespath(expression)
  if (query === undefined) return `error: ${error}`
  try {
    return query(data)
  } catch (thrown) {
    return `failed: ${(thrown as Error).message}`
  }
}

describe('values', () => {
  test.each<[string, Json]>([
    ['a.b.c', 'deep'],
    ['a.x.c', null],
    ['"odd key"', 1],
    ['name.length', null],
    ['@.name', 'web'],
    ['list[0]', 1],
    ['list[-1]', 4],
    ['list[9]', null],
    ['list[1:3]', [2, 3]],
    ['list[::2]', [1, 3]],
    ['list[::-1]', [4, 3, 2, 1]],
    ['list[-2:]', [3, 4]],
    ['nested[]', [1, 2, 3, 4, [5]]],
    ['nested[][]', [1, 2, 3, 4, 5]],
    ['people[*].name', ['ann', 'bob', 'cyd']],
    ['people[*].tags', [['x', 'y'], ['z']]],
    ['people[*].tags[]', ['x', 'y', 'z']],
    ['people[*].tags[0]', ['x', 'z']],
    ['people[].tags | [0]', ['x', 'y']],
    ['people[?age > `25`].name', ['ann', 'cyd']],
    ["people[?name == 'bob'] | [0].age", 20],
    ["people[?tags && contains(tags, 'z')].name", ['cyd']],
    ['people[?!tags].name', ['bob']],
    ['map.*.v', [1, 2]],
    ['*.b.c', ['deep']],
    ['people[0].[name, age]', ['ann', 30]],
    ['people[1].{n: name, a: age}', { n: 'bob', a: 20 }],
    ['[name, a.b.c]', ['web', 'deep']],
    ['{"x y": name}', { 'x y': 'web' }],
    ['missing || name', 'web'],
    ['yes && name', 'web'],
    ['no && name', false],
    ['empty || name', 'web'],
    ['!empty', true],
    ['list == `[1, 2, 3, 4]`', true],
    ['name < `1`', null],
    ['`{"k": [1]}`.k[0]', 1],
    ["'it\\'s'", "it's"],
    ['(a.b).c', 'deep'],
    ['nothing', null],
  ])('%s', (expression, expected) => expect(search(expression)).toEqual(expected))
})

describe('functions', () => {
  test.each<[string, Json]>([
    ['abs(`-2`)', 2],
    ['avg(list)', 2.5],
    ['avg(empty)', null],
    ['ceil(`1.2`)', 2],
    ['floor(`1.8`)', 1],
    ["contains(name, 'we')", true],
    ["ends_with(name, 'b')", true],
    ["starts_with(name, 'x')", false],
    ["join('-', people[*].name)", 'ann-bob-cyd'],
    ['keys(map)', ['one', 'two', 'none']],
    ['length(name)', 3],
    ['length(list)', 4],
    ['map(&age, people)', [30, 20, 40]],
    ['max(list)', 4],
    ['max_by(people, &age).name', 'cyd'],
    ['min(people[*].name)', 'ann'],
    ['min_by(people, &age).name', 'bob'],
    ['merge(map.one, {w: name})', { v: 1, w: 'web' }],
    ['not_null(missing, name)', 'web'],
    ['reverse(name)', 'bew'],
    ['sort(list)', [1, 2, 3, 4]],
    ['sort_by(people, &age)[*].name', ['bob', 'ann', 'cyd']],
    ['sum(list)', 10],
    ['to_array(name)', ['web']],
    ["to_number('12.5')", 12.5],
    ["to_number('x')", null],
    ['to_string(list)', '[1,2,3,4]'],
    ['type(map)', 'object'],
    ['values(map.one)', [1]],
  ])('%s', (expression, expected) => expect(search(expression)).toEqual(expected))
})

test.each([
  ['', 'the expression ends'],
  ['a.', 'expected a name'],
  ['a[', 'expected an index'],
  ['a[b]', 'expected an index'],
  ['a b', 'unexpected b'],
  ['nope(a)', 'no JMESPath function nope'],
  ['length()', 'takes 1 argument'],
  ['a[::0]', 'must not be 0'],
  ['"x', 'not closed'],
  ['#', 'unexpected "#"'],
  ['a == ', 'the expression ends'],
  ['('.repeat(300), 'nested deeper'],
])('refuses %s', (expression, reason) => expect(search(expression)).toContain(reason))

test.each([
  ['abs(name)', 'abs() does not take'],
  ['sort(map)', 'sort() does not take'],
  ['sort_by(people, &tags)', 'all numbers or all strings'],
])('%s fails on this data', (expression, reason) => expect(search(expression)).toContain(reason))

test('members of the prototype are not members', () => expect(search('toString')).toBeNull())
