import { expect, test } from 'vitest'
import { redactUrl, redactUrls, starUrls } from './redact-url.ts'

test.each([
  ['http://a/b', 'http://a/b'],
  ['http://u@a/b', 'http://u@a/b'],
  ['http://a:80/b', 'http://a:80/b'],
  ['http://a/users/@me:x@y', 'http://a/users/@me:x@y'],
  ['http://u:hunter2@a/b', 'http://u:xxxxx@a/b'],
  ['https://:hunter2@a', 'https://:xxxxx@a'],
  ['https://u:hun:ter@2@a?x=@', 'https://u:xxxxx@a?x=@'],
  ['http://u:hunter2@[bad', 'http://u:xxxxx@[bad'],
  ['http://u:hun/ter2@a/b', 'http://u:xxxxx@a/b'],
  ['http://u:hun"ter 2@a/b', 'http://u:xxxxx@a/b'],
  ['tcp://u:hunter2@a:2375', 'tcp://u:xxxxx@a:2375'],
  ['u:hunter2@a', 'u:hunter2@a'],
])('%s reads %s', (url, shown) => {
  expect(redactUrl(url)).toBe(shown)
  expect(redactUrls(url)).toBe(shown)
})

test('URLs are found in any text', () => {
  const text = 'POST "http://u:hunter2@a/b" and (https://v:hunter2@c): refused, ask me@example.org at 10:30'
  expect(redactUrls(text)).toBe(
    'POST "http://u:xxxxx@a/b" and (https://v:xxxxx@c): refused, ask me@example.org at 10:30',
  )
})

test('text with stars is as long, and differs in the passwords alone', () => {
  const text = 'url = "http://u:hun\\"ter2@a/b" // was `https://v:x@c`'
  expect(starUrls(text)).toBe('url = "http://u:*********@a/b" // was `https://v:*@c`')
})

test('a long text takes no time to speak of', () => {
  const started = performance.now()
  for (const text of ['a'.repeat(2e5), 'a://'.repeat(5e4), 'a:@'.repeat(5e4), `a://${'@:'.repeat(5e4)}`]) {
    redactUrls(`${text}@`)
  }
  expect(performance.now() - started).toBeLessThan(2_000)
})
