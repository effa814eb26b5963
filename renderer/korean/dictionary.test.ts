import { expect, test } from 'vitest'
import { Dictionary } from './dictionary.ts'

const { translate } = new Dictionary([
  {
    'nothing listens at {1}': '{1}에서 수신하는 것이 없습니다',
    'not found within {1} s: {2}': '{1}초 안에 찾지 못했습니다: {2}',
    '"{1}" is part of a cycle': '"{1}"은(는) 순환의 일부입니다',
    '{1} takes {2}, not {3}': '{1}에는 {3} 대신 {2}이(가) 옵니다',
    '{1} refers to {1}': '{1}이(가) 자신을 가리킵니다',
    'port {1} is taken': '{1}번 포트는 사용 중입니다',
    'port {1} is taken by {2}': '{1}번 포트는 {2}이(가) 사용 중입니다',
    logs: '로그',
    'trying again ({1})': '다시 시도하는 중입니다({1})',
    'Start it.': '시작하세요.',
  },
])

test('says a sentence with what stands in its holes, in the order of the other language', () => {
  expect(translate('nothing listens at 127.0.0.1:3100')).toBe('127.0.0.1:3100에서 수신하는 것이 없습니다')
  expect(translate('a takes b, not c')).toBe('a에는 c 대신 b이(가) 옵니다')
})

test('says the sentences that stand in a sentence, but leaves names in quotes alone', () => {
  expect(translate('not found within 8 s: nothing listens at loki')).toBe(
    '8초 안에 찾지 못했습니다: loki에서 수신하는 것이 없습니다',
  )
  expect(translate('logs takes logs, not a')).toBe('로그에는 a 대신 로그이(가) 옵니다')
  expect(translate('"logs" is part of a cycle')).toBe('"logs"은(는) 순환의 일부입니다')
})

test('takes the form that says the most', () => {
  expect(translate('port 3100 is taken by nginx (pid 7)')).toBe('3100번 포트는 nginx (pid 7)이(가) 사용 중입니다')
})

test('a value that is said twice has to be the same both times', () => {
  expect(translate('a refers to a')).toBe('a이(가) 자신을 가리킵니다')
  expect(translate('a refers to b')).toBe('a refers to b')
})

test('says sentences that follow one another, and leaves what it does not know', () => {
  expect(translate('Port 1 burns. Start it.')).toBe('Port 1 burns. 시작하세요.')
  expect(translate('')).toBe('')
  expect(translate('{1}')).toBe('{1}')
})

test('an empty hole is no sentence', () => {
  expect(translate('nothing listens at ')).toBe('nothing listens at ')
})

test('says what is to be done after what happened, also within brackets', () => {
  expect(translate('nothing listens at loki. Start it.')).toBe('loki에서 수신하는 것이 없습니다. 시작하세요.')
  expect(translate('trying again (http://loki: nothing listens at loki. Start it.)')).toBe(
    '다시 시도하는 중입니다(http://loki: loki에서 수신하는 것이 없습니다. 시작하세요.)',
  )
  expect(translate('http://loki/push: trying again (http://loki: nothing listens at loki. Start it.)')).toBe(
    'http://loki/push: 다시 시도하는 중입니다(http://loki: loki에서 수신하는 것이 없습니다. 시작하세요.)',
  )
})

test('what stands in quotes ends where they close, however much more a longer form would say', () => {
  const complaints = new Dictionary([
    {
      '{1} should be duration: {2}': '{1}은(는) 시간이어야 합니다: {2}',
      '"{1}" is not a duration: write for example "30s"': '"{1}"은(는) 시간이 아닙니다. 예: "30s"',
    },
  ])
  expect(complaints.translate('"soon" should be duration: "soon" is not a duration: write for example "30s"')).toBe(
    '"soon"은(는) 시간이어야 합니다: "soon"은(는) 시간이 아닙니다. 예: "30s"',
  )
})
