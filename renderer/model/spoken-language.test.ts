import { expect, test } from 'vitest'
import { chooseLanguage, defineWords, wordsIn } from './spoken-language.ts'

const words = defineWords(
  { title: 'Components', found: (count: number) => `${count} found` },
  { title: '컴포넌트', found: (count) => `${count}개 찾음` },
)

test('texts come in the language asked for', () => {
  expect(wordsIn(words, 'en').found(2)).toBe('2 found')
  expect(wordsIn(words, 'ko').title).toBe('컴포넌트')
})

test.each([
  ['system', ['ko-KR', 'en'], 'ko'],
  ['system', ['fr-FR', 'en-GB'], 'en'],
  ['system', ['fr'], 'en'],
  ['en', ['ko-KR'], 'en'],
  ['ko', [], 'ko'],
] as const)('the setting %s with the preferences %j speaks %s', (setting, preferred, language) => {
  expect(chooseLanguage(setting, preferred)).toBe(language)
})
