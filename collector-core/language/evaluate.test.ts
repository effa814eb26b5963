import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { Diagnostic } from './diagnostic.ts'
import { evaluate, evaluateInSlot } from './evaluate.ts'
import { parseExpression } from './parser.ts'
import { fromPlain } from './plain-value.ts'
import { printValue } from './print-value.ts'
import { Scope } from './scope.ts'
import { Secret } from './secret.ts'
import type { Slot } from './slot.ts'
import { capsuleValue, optionalSecretValue, secretValue, stringValue } from './value.ts'
import type { Value } from './value.ts'

// Documents for json_path; the order of keys is part of what is tested.
const doc =
  '{"b":{"x":1,"a":[10,20,30,40]},"a":[{"n":"p","v":1},{"n":"q","v":2.5},{"n":"r"},"str",null,[1,[2]]],"k k":true,"f":1.5}'

const scope = new Scope(
  new Map<string, Value>([
    ['sec', secretValue('hush')],
    ['osec', optionalSecretValue('hush', true)],
    ['oplain', optionalSecretValue('open', false)],
    ['m', fromPlain({ a: 1, b: 'x', n: null })],
    ['doc', stringValue(doc)],
    ['target', capsuleValue('target', {}, { asObject: () => new Map([['job', stringValue('j')]]) })],
    ['receiver', capsuleValue('LogsReceiver', {})],
  ]),
)
const environment = {
  env: (name: string) => (name === 'HOME' ? '/root' : undefined),
  hostname: 'vm',
  os: 'linux',
  arch: 'amd64',
  version: '1.2.3',
}

const slots: Readonly<Record<string, Slot>> = {
  int: { kind: 'integer' },
  float: { kind: 'float' },
  string: { kind: 'string' },
  bool: { kind: 'bool' },
  duration: { kind: 'duration' },
  size: { kind: 'bytes' },
  secret: { kind: 'secret' },
  osecret: { kind: 'optional_secret' },
  list: { kind: 'list', of: { kind: 'string' } },
  listint: { kind: 'list', of: { kind: 'integer' } },
  map: { kind: 'map', of: { kind: 'string' } },
}

function run(source: string): ReturnType<typeof evaluate> {
  const { tree, diagnostics } = parseExpression(source)
  return diagnostics.length > 0 ? { diagnostics } : evaluate(tree, scope, environment)
}

function inSlot(source: string, slot: Slot): ReturnType<typeof evaluateInSlot> {
  const { tree, diagnostics } = parseExpression(source)
  return diagnostics.length > 0 ? { ok: false, diagnostics } : evaluateInSlot(tree, slot, scope, environment)
}

function shown(value: Value): string {
  const type = value.kind === 'number' ? value.type : value.kind === 'capsule' ? value.type : value.kind
  return `${type} ${printValue(value)}`
}

function remarks(source: string, diagnostics: readonly Diagnostic[]): string[] {
  return diagnostics.map(({ severity, code, span, message }) => {
    const at = source.slice(span.start, span.end).replaceAll(/\s+/g, ' ')
    return `  ${severity === 'error' ? '!' : '?'} ${code} at ${at.length > 50 ? `${at.slice(0, 49)}…` : at}: ${message}`
  })
}

/** The expression and below it what comes of it: `=` a value, `!` an error, `?` a warning. */
function record(line: string): string {
  const [, slot, inner] = (/^@(\S+) (.*)$/.exec(line) ?? []) as readonly (string | undefined)[]
  const source = inner ?? line
  if (slot === undefined) {
    const { value, diagnostics } = run(source)
    return [line, ...(value ? [`  = ${shown(value)}`] : []), ...remarks(source, diagnostics)].join('\n')
  }
  const { ok, value, diagnostics } = inSlot(source, slots[slot])
  const plain = value instanceof Secret ? `${value.masked ? 'masked' : 'plain'} ${value.reveal()}` : value
  const text = plain instanceof Map ? JSON.stringify([...(plain as Map<string, unknown>)]) : JSON.stringify(plain)
  return [line, ...(ok ? [`  = ${text}`] : []), ...remarks(source, diagnostics)].join('\n')
}

describe('expressions and what comes of them', () => {
  const folder = new URL('./testdata/evaluate/', import.meta.url)
  for (const file of readdirSync(folder)) {
    test(file, () => {
      const recorded = readFileSync(new URL(file, folder), 'utf8')
      const lines = recorded.split('\n').filter((line) => line !== '' && !/^ {2}[=!?] /.test(line))
      const actual = lines.map(record).join('\n') + '\n'
      if (process.env.UPDATE) writeFileSync(new URL(file, folder), actual)
      else expect(actual).toBe(recorded)
    })
  }
})

describe('where complaints stand', () => {
  const place = (source: string): string[] =>
    run(source).diagnostics.map(({ span }) => source.slice(span.start, span.end))

  test.each([
    ['[1, 2 + "a", zz]', ['"a"', 'zz']],
    ['{a = {b = nope.c}}', ['nope']],
    ['string.join(["a", [true]], ",")', ['[true]']],
    ['string.join([1, {a = 1}], ",") + zz', ['{a = 1}', 'zz']],
    ['m.nope + 1', ['nope']],
    ['(1 / 0)', ['0']],
    ['[1][7]', ['7']],
    ['encoding.to_json({a = [1, sec]})', ['sec']],
    ['concat([env("A")], [format("x")])', ['concat', 'env', 'format']],
  ])('%s', (source, expected) => {
    expect(place(source)).toEqual(expected)
  })

  test('a value from elsewhere is blamed at the expression that fetched it', () => {
    const source = '[m]'
    const { diagnostics } = inSlot(source, { kind: 'list', of: { kind: 'map', of: { kind: 'bool' } } })
    expect(diagnostics.map(({ message, span }) => [message, source.slice(span.start, span.end)])).toEqual([
      ['m.a should be bool, got number', 'm'],
      ['m.b should be bool, got string', 'm'],
    ])
  })

  test('nested literals are blamed at the literal', () => {
    const source = '{a = {field1 = [15, 30, "no"]}}'
    const { diagnostics } = inSlot(source, {
      kind: 'map',
      of: { kind: 'map', of: { kind: 'list', of: { kind: 'integer' } } },
    })
    expect(diagnostics.map(({ span }) => source.slice(span.start, span.end))).toEqual(['"no"'])
  })
})

test('the nearest name is offered as an edit', () => {
  const { diagnostics } = run('constants.hostnme')
  expect(diagnostics[0].suggestion).toEqual({
    text: 'did you mean "hostname"?',
    edit: { span: { start: 10, end: 17 }, text: 'hostname' },
  })
})

test('the scope wins over the standard library', () => {
  const { tree } = parseExpression('env')
  const shadowed = evaluate(tree, new Scope(new Map([['env', stringValue('prod')]])), environment)
  expect(shadowed).toEqual({ value: stringValue('prod'), diagnostics: [] })
})

test('capsules that can be read like objects have fields and indexes', () => {
  expect(shown(run('target.job + target["job"]').value!)).toBe('string "jj"')
  expect(shown(run('target["none"]').value!)).toBe('null null')
  expect(run('receiver.job').value).toBeUndefined()
})

test('a broken expression gives no value and no second complaint', () => {
  const { tree } = parseExpression('1 + ')
  expect(evaluate(tree, scope, environment)).toEqual({ diagnostics: [] })
})

test('the deepest expression that parses is evaluated without exhausting the stack', () => {
  for (const source of ['1' + ' + 1'.repeat(900), '['.repeat(400) + ']'.repeat(400), '-'.repeat(800) + '1']) {
    const { tree, diagnostics } = parseExpression(source)
    if (diagnostics.length === 0) expect(evaluate(tree, scope, environment).value).toBeDefined()
  }
})
