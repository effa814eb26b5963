import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { removeBlock } from '../../collector-core/language/edit-block.ts'
import { connect } from '../../collector-core/language/edit-connection.ts'
import { ConfigDocument } from './config-document.ts'

const environment = { env: () => undefined, hostname: 'here', os: 'linux', arch: 'amd64', version: 'v0' }
const open = (text: string): ConfigDocument => new ConfigDocument(text, { file: 'config.alloy', environment })

const config =
  'prometheus.echo "sink" { }\r\n\r\nprometheus.scrape "app" {\r\n  targets = []\r\n  forward_to = []\r\n}\r\n'

test('a gesture changes the text, the picture and one step of the history', () => {
  const document = open(config)
  const place = { block: [{ name: 'prometheus.scrape', label: 'app' }], attribute: 'forward_to' }
  const { parsed } = document.snapshot.get()
  expect(document.apply(connect(parsed, place, 'prometheus.echo.sink.receiver'))).toBeUndefined()
  expect(document.text).toBe(config.replace('forward_to = []', 'forward_to = [prometheus.echo.sink.receiver]'))
  expect(document.snapshot.get().picture.edges.map(({ from, to }) => `${from} ${to}`)).toEqual([
    'prometheus.scrape.app prometheus.echo.sink',
  ])
  expect(document.depth.get()).toEqual({ undo: 1, redo: 0 })
  expect(document.undo()).toBe(true)
  expect(document.text).toBe(config)
  expect(document.redo()).toBe(true)
  expect(document.text).toContain('sink.receiver')
})

test('a gesture that cannot be done says why and leaves no step', () => {
  const document = open(config)
  const refused = document.apply({ kind: 'refused', reason: 'the list is not closed' })
  expect(refused).toEqual({ refused: 'the list is not closed' })
  expect(document.depth.get().undo).toBe(0)
})

test('undo steps back over typing and gestures in the order they were made', () => {
  const document = open(config)
  const view = {}
  document.type({ from: 0, insert: '// x\n' }, 'input.type', view)
  const typed = document.text
  document.apply(removeBlock(document.snapshot.get().parsed, [{ name: 'prometheus.echo', label: 'sink' }]))
  document.type({ from: 0, insert: '// y\n' }, 'input.type', view)
  document.undo()
  document.undo()
  expect(document.text).toBe(typed)
  document.undo()
  expect(document.text).toBe(config)
  expect(document.undo()).toBe(false)
})

test('views hear each change with who made it, and another file starts a new history', () => {
  const document = open('a')
  const view = {}
  const heard = vi.fn<(changes: unknown, origin: object | undefined) => void>()
  const stop = document.onChange((changes, origin) => heard(changes.toJSON(), origin))
  document.type({ from: 1, insert: 'b' }, 'input.type', view)
  expect(heard).toHaveBeenLastCalledWith([1, [0, 'b']], view)
  document.open('other')
  expect(document.depth.get()).toEqual({ undo: 0, redo: 0 })
  expect(document.undo()).toBe(false)
  expect(heard).toHaveBeenCalledTimes(2)
  stop()
  document.open('third')
  expect(heard).toHaveBeenCalledTimes(2)
})

test('the text is kept unit by unit, whatever its line ends', () => {
  const piece = fc.constantFrom('\r\n', '\n', '\r', '\u2028', 'a', '"', '{', '}', '\t', '/* x */', 'é')
  fc.assert(
    fc.property(fc.array(piece), fc.array(piece), (left, right) => {
      const document = open(left.join(''))
      expect(document.text).toBe(left.join(''))
      document.type({ from: 0, insert: right.join('') }, undefined, {})
      expect(document.text).toBe(right.join('') + left.join(''))
      document.undo()
      expect(document.text).toBe(left.join(''))
    }),
  )
})
