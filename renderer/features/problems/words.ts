import { defineWords } from '../../model/spoken-language.ts'

export const words = defineWords(
  {
    list: 'Problems of the config',
    open: 'Show the problems',
    none: 'No problems',
    noneDetail: 'The config can be applied as it is.',
    error: 'Error',
    warning: 'Warning',
    line: (number: number) => `line ${number}`,
    errors: (count: number) => `${count} error${count === 1 ? '' : 's'}`,
    warnings: (count: number) => `${count} warning${count === 1 ? '' : 's'}`,
    /** A part of both, as it is written there: who speaks to the window says what is seen. */
    count: (count: number) => String(count),
    rest: (count: number) => `${count} more are not shown; mend these first.`,
  },
  {
    list: '설정의 문제',
    open: '문제 보기',
    none: '문제 없음',
    noneDetail: '설정을 그대로 적용할 수 있습니다.',
    error: '오류',
    warning: '경고',
    line: (number) => `${number}행`,
    errors: (count) => `오류 ${count}개`,
    warnings: (count) => `경고 ${count}개`,
    count: (count) => `${count}개`,
    rest: (count) => `${count}개가 더 있습니다. 먼저 위의 것부터 고치세요.`,
  },
)
