import { expect, test } from 'vitest'
import { parse } from '../../collector-core/language/parser.ts'
import { compareConfigs } from './compare-configs.ts'

test('added, removed and changed blocks are told, and spaces and comments are no change', () => {
  const before =
    'logging { level = "info" }\nloki.echo "a" { }\nloki.echo "b" { }\nloki.echo "c" { }\nloki.echo "e" { }\n'
  const after =
    '// new\nlogging {\n\tlevel = "debug"\n}\nloki.echo "b" {\n\t// said\n}\nloki.echo "d" { }\n\nloki.echo "c" { }\n// loki.echo "e" { }\n'
  expect(compareConfigs(parse(before), parse(after))).toEqual([
    { id: 'logging', kind: 'changed' },
    { id: 'loki.echo.d', kind: 'added' },
    { id: 'loki.echo.a', kind: 'removed' },
    { id: 'loki.echo.e', kind: 'disabled' },
  ])
})
