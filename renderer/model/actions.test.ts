import { expect, test, vi } from 'vitest'
import { ActionRegistry } from './actions.ts'
import type { Action } from './actions.ts'
import { pressed } from './keys.ts'

const press = (key: string, held: readonly string[] = []) => ({
  key,
  ctrlKey: held.includes('Ctrl'),
  metaKey: held.includes('Cmd'),
  shiftKey: held.includes('Shift'),
  altKey: held.includes('Alt'),
})

const action = (id: string, more: Partial<Action> = {}): Action => ({
  id,
  group: 'edit',
  title: { en: id, ko: id },
  run: () => undefined,
  ...more,
})

test('a shortcut is its keys and no others', () => {
  expect(pressed(press('d', ['Ctrl']), 'Mod+D')).toBe(true)
  expect(pressed(press('d', ['Cmd']), 'Mod+D')).toBe(true)
  expect(pressed(press('d'), 'Mod+D')).toBe(false)
  expect(pressed(press('d', ['Ctrl', 'Alt']), 'Mod+D')).toBe(false)
  expect(pressed(press('Z', ['Ctrl', 'Shift']), 'Mod+Z')).toBe(false)
  expect(pressed(press('Z', ['Ctrl', 'Shift']), 'Mod+Shift+Z')).toBe(true)
  expect(pressed(press('?', ['Shift']), '?')).toBe(true)
  expect(pressed(press('Delete'), 'Delete')).toBe(true)
})

test('an action is run by its id or its keys while it has something to act on', () => {
  const registry = new ActionRegistry()
  const run = vi.fn()
  let there = false
  const remove = registry.add([
    action('a', { keys: ['Mod+D'], enabled: () => there, run }),
    action('b', { keys: ['A'] }),
  ])
  expect([registry.run('a'), registry.press(press('d', ['Ctrl'])), registry.run('none')]).toEqual([false, false, false])
  there = true
  expect([registry.run('a'), registry.press(press('d', ['Ctrl']))]).toEqual([true, true])
  expect(registry.press(press('d', ['Ctrl']), ['view'])).toBe(false)
  expect(run).toHaveBeenCalledTimes(2)
  remove()
  expect(registry.all.get()).toEqual([])
})

test('an action takes the place of an earlier one with its id', () => {
  const registry = new ActionRegistry()
  const remove = registry.add([action('a')])
  registry.add([action('a', { group: 'view' })])
  remove()
  expect(registry.all.get().map(({ group }) => group)).toEqual(['view'])
})
