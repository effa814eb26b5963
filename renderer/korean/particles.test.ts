import { expect, test } from 'vitest'
import { chooseParticles } from './particles.ts'

test.each([
  ['이 값은(는) 비밀입니다', '이 값은 비밀입니다'],
  ['수이(가) 와야 합니다', '수가 와야 합니다'],
  ['줄의 끝을(를) 봅니다', '줄의 끝을 봅니다'],
  ['파일(으)로 봅니다', '파일로 봅니다'],
  ['이름(으)로 봅니다', '이름으로 봅니다'],
  ['"job"이(가) 없습니다', '"job"이(가) 없습니다'],
  ['루트 없는(rootless) Docker', '루트 없는(rootless) Docker'],
])('%s', (written, said) => {
  expect(chooseParticles(written)).toBe(said)
})
