import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { signatureText } from '../function-signature.ts'
import { fromPlain, toPlain } from '../plain-value.ts'
import { slotName } from '../slot.ts'
import { holdsSecret, optionalSecretValue, secretIn, secretValue, stringValue } from '../value.ts'
import type { FunctionValue, Value } from '../value.ts'
import { constantDocs, stdlibFunctions, stdlibLookup, stdlibNames } from './index.ts'

const environment = {
  env: (name: string) => (name === 'SET' ? 'value' : undefined),
  hostname: 'h',
  os: 'windows',
  arch: 'arm64',
  version: 'v1.2',
}

function functionNamed(name: string): FunctionValue {
  const [first, second] = name.split('.') as [string, string?]
  const value = stdlibLookup(first, environment)
  const found = second === undefined ? value : value?.kind === 'object' ? value.fields.get(second) : undefined
  if (found?.kind !== 'function') throw new Error(`no function ${name}`)
  return found
}

function call(name: string, ...args: readonly unknown[]): unknown {
  const result = functionNamed(name).invoke(args.map(fromPlain), environment)
  return 'problem' in result ? result.problem : toPlain(result.value)
}

describe('the list of functions', () => {
  test.each([...stdlibFunctions.values()])('$name is reachable and described', (signature) => {
    expect(functionNamed(signature.name).signature).toBe(signature)
    expect(signature.doc).toMatch(/^[A-Z].*[^.]\.$/)
    for (const { doc } of [...signature.parameters, ...(signature.rest ? [signature.rest] : [])])
      expect(doc).toMatch(/^[A-Z].*\.$/)
    if (signature.replacedBy !== undefined) expect(stdlibFunctions.has(signature.replacedBy)).toBe(true)
  })

  test('the flat names that are not deprecated are these', () => {
    const flat = [...stdlibFunctions.values()].filter(
      ({ name, replacedBy }) => !name.includes('.') && replacedBy === undefined,
    )
    expect(flat.map(({ name }) => name)).toEqual(['coalesce', 'json_path'])
  })

  test('the experimental functions are these', () => {
    const experimental = [...stdlibFunctions.values()].filter(
      ({ name, stability }) => stability === 'experimental' && name.includes('.'),
    )
    expect(experimental.map(({ name }) => name)).toEqual(['array.combine_maps', 'array.group_by'])
  })

  test('names', () => {
    expect(stdlibNames.has('constants') && stdlibNames.has('string') && stdlibNames.has('env')).toBe(true)
    expect(stdlibNames.has('module_path')).toBe(false)
    expect(stdlibLookup('toString', environment)).toBeUndefined()
  })

  test('signatures read on one line', () => {
    expect(signatureText(stdlibFunctions.get('array.combine_maps')!, slotName)).toBe(
      'array.combine_maps(left list(object), right list(object), keys list(string), pass_through? bool) list(map(any))',
    )
    expect(signatureText(stdlibFunctions.get('string.format')!, slotName)).toBe(
      'string.format(format string, values… any) string',
    )
  })
})

test('the machine is asked through the environment', () => {
  expect(toPlain(stdlibLookup('constants', environment)!)).toEqual({
    arch: 'arm64',
    hostname: 'h',
    os: 'windows',
    version: 'v1.2.0',
  })
  expect(Object.keys(constantDocs).sort()).toEqual(['arch', 'hostname', 'os', 'version'])
  expect(call('sys.env', 'SET')).toBe('value')
  expect(call('sys.env', 'UNSET')).toBe('')
})

test('a secret kept under the name of a variable goes before it, and stays a secret', () => {
  const keeping = { ...environment, secret: (name: string) => (name === 'SET' ? 'hunter2' : undefined) }
  const env = (name: string) => {
    const result = functionNamed('sys.env').invoke([fromPlain(name)], keeping)
    if ('problem' in result) throw new Error('it was refused')
    return result.value
  }
  expect(holdsSecret(env('SET'))).toBe(true)
  expect(secretIn(env('SET'))?.reveal()).toBe('hunter2')
  expect(toPlain(env('UNSET'))).toBe('')
})

test.each([
  ['', 'v0.0.0'],
  ['1.2.3', 'v1.2.3'],
  ['v1.2.3-rc.1', 'v1.2.3-rc.1'],
  ['devel', 'devel'],
])('version %j shows as %s', (version, shown) => {
  expect(toPlain(stdlibLookup('constants', { ...environment, version })!)).toMatchObject({ version: shown })
})

test('paths join the way Windows writes them', () => {
  expect(call('file.path_join', 'C:\\data', '..', 'logs/x')).toBe('C:\\logs\\x')
  expect(call('file.path_join', '\\\\server\\share', 'a')).toBe('\\\\server\\share\\a')
})

describe('secrets', () => {
  const masked: readonly Value[] = [secretValue('hush'), optionalSecretValue('hush', true)]
  const nested = masked.flatMap((secret): Value[] => [
    secret,
    { kind: 'array', elements: [secret] },
    { kind: 'object', fields: new Map([['a', secret]]) },
  ])

  test('only convert.nonsensitive lays one open', () => {
    for (const name of stdlibFunctions.keys()) {
      if (name.endsWith('nonsensitive')) continue
      for (const secret of nested) {
        for (const before of [[], [stringValue('%v')], [stringValue('{}')]]) {
          const result = functionNamed(name).invoke([...before, secret], environment)
          const told =
            'problem' in result
              ? result.problem.message
              : holdsSecret(result.value)
                ? ''
                : JSON.stringify(toPlain(result.value), bigints)
          expect(told, name).not.toContain('hush')
        }
      }
    }
    expect(functionNamed('convert.nonsensitive').invoke([masked[0]], environment)).toMatchObject({
      value: stringValue('hush'),
    })
  })
})

function bigints(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value
}

test('no function throws, whatever it is given', () => {
  const argument = fc.oneof(
    fc.string(),
    fc.integer(),
    fc.double(),
    fc.json(),
    fc.anything({ withBigInt: true, withNullPrototype: true }),
  )
  fc.assert(
    fc.property(fc.constantFrom(...stdlibFunctions.keys()), fc.array(argument, { maxLength: 4 }), (name, args) => {
      expect(functionNamed(name).invoke(args.map(fromPlain), environment)).toBeDefined()
    }),
    { numRuns: 3000 },
  )
})

test('JSON and base64 go there and back', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (plain) => {
      const json = call('encoding.to_json', plain) as string
      expect(json).not.toMatch(/[<>&]/)
      expect(call('encoding.to_json', call('encoding.from_json', json))).toBe(json)
    }),
  )
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      for (const kind of ['base64', 'URLbase64']) {
        const text = functionNamed(`encoding.to_${kind}`).invoke([fromPlain(bytes)], environment) as { value: Value }
        expect(call(`encoding.from_${kind}`, toPlain(text.value))).toEqual(Array.from(bytes))
      }
      const escaped = functionNamed('encoding.url_encode').invoke([fromPlain(bytes)], environment) as { value: Value }
      expect(toPlain(escaped.value)).toMatch(/^[A-Za-z0-9\-_.~+%]*$/)
    }),
  )
})

describe('bounds', () => {
  test('YAML aliases cannot blow up', () => {
    const lines = ['a0: &a0 [x,x,x,x,x,x,x,x,x,x]']
    for (let level = 1; level < 9; level++)
      lines.push(
        `a${level}: &a${level} [${Array(10)
          .fill(`*a${level - 1}`)
          .join(',')}]`,
      )
    expect(call('encoding.from_yaml', lines.join('\n'))).toMatchObject({
      code: 'bad-yaml',
      message: /more than 200000 parts/,
    })
  })

  test('YAML that contains itself is refused', () => {
    expect(call('encoding.from_yaml', 'a: &a [*a]')).toMatchObject({ code: 'bad-yaml' })
  })

  test('deep JSON is refused', () => {
    expect(call('encoding.from_json', '['.repeat(100_000) + ']'.repeat(100_000))).toMatchObject({ code: 'bad-json' })
  })

  test('a JSONPath that multiplies is stopped', () => {
    const json = '['.repeat(200) + ']'.repeat(200)
    expect(call('json_path', json, '$............')).toMatchObject({ code: 'too-many-matches' })
    expect(call('json_path', '[1]', `$[?${'('.repeat(5000)}`)).toMatchObject({ code: 'bad-json-path' })
  })

  test('a text longer than a string can be is refused', () => {
    const long = 'a'.repeat(100_000)
    expect(call('string.replace', long, 'a', long)).toMatchObject({ code: 'result-too-large' })
  })

  test('printf gives up on absurd widths', () => {
    expect(call('string.format', '%9999999999d', 1)).toBe('%!(NOVERB)%!(EXTRA int=1)')
    expect(call('string.format', '%999999[1]d'.repeat(100), 1)).toMatchObject({ code: 'result-too-large' })
  })
})
