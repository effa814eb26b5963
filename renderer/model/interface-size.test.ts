import { expect, test } from 'vitest'
import { chooseInterfaceSize } from './interface-size.ts'

test('automatic goes by the width of the window; a choice holds in any', () => {
  const sizes = [1024, 1440, 1920, 2559, 2560, 3200, 3840].map((width) =>
    chooseInterfaceSize('automatic', { width, height: 1440 }),
  )
  expect(sizes).toEqual([1, 1, 1, 1, 1.25, 1.5, 1.75])
  expect(chooseInterfaceSize('150', { width: 1920, height: 1080 })).toBe(1.5)
  expect(chooseInterfaceSize('100', { width: 3840, height: 2160 })).toBe(1)
})

test('nothing is made so large that the window is too small for it', () => {
  expect(chooseInterfaceSize('200', { width: 1024, height: 700 })).toBe(1)
  expect(chooseInterfaceSize('200', { width: 800, height: 600 })).toBe(1)
  expect(chooseInterfaceSize('200', { width: 1920, height: 1050 })).toBe(1.5)
  expect(chooseInterfaceSize('automatic', { width: 3840, height: 700 })).toBe(1)
})
