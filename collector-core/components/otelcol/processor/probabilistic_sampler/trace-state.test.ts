import { describe, expect, it } from 'vitest'
import { formatTraceState, parseTraceState } from './trace-state.ts'

describe('a trace state', () => {
  it.each([
    ['', ''],
    ['vendor=x', 'vendor=x'],
    ['ot=th:8', 'ot=th:8'],
    ['ot=rv:0123456789abcd;th:8000', 'ot=rv:0123456789abcd;th:8000'],
    ['ot=th:C;rv:0123456789ABCD', 'ot=rv:0123456789ABCD;th:C'],
    ['a=1,ot=th:8,b=2', 'ot=th:8,a=1,b=2'],
    [' a=1 ,\t,ot=x:y;th:1 ', 'ot=th:1;x:y,a=1'],
    ['ot=a:', 'ot=a:'],
    ['tenant@system=x', 'tenant@system=x'],
    ['1tenant@system=a:b;c', '1tenant@system=a:b;c'],
    [Array.from({ length: 31 }, (_, i) => `v${i}=1`).join(), Array.from({ length: 31 }, (_, i) => `v${i}=1`).join()],
  ])('%j is written as %j', (text, written) => {
    const parsed = parseTraceState(text)
    expect(parsed && formatTraceState(parsed)).toBe(written)
  })

  it.each([
    'ot=th:',
    'ot=th:xyz',
    'ot=th:0123456789abcde',
    'ot=rv:012345',
    'ot=',
    'ot=th',
    'ot=th:8;',
    'ot=TH:8',
    'ot=a:b c',
    'novalue',
    'UPPER=x',
    '1simple=x',
    'a=',
    'a=x=y',
    'a=é',
    `a=${'x'.repeat(257)}`,
    `ot=a:${'x'.repeat(256)}`,
    `a=${'x'.repeat(200)},`.repeat(6),
    Array.from({ length: 32 }, (_, i) => `v${i}=1`).join(),
  ])('%j cannot be used', (text) => {
    expect(parseTraceState(text)).toBeUndefined()
  })
})
