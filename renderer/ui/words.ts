import { defineWords } from '../model/spoken-language.ts'

/** What the parts of the design system say by themselves. */
export const words = defineWords(
  {
    close: 'Close',
    clear: 'Clear',
    more: 'More',
    less: 'Less',
    show: 'Show all',
    nothing: 'Nothing matches',
    notices: 'Notices',
    resize: 'Resize',
    health: { healthy: 'Healthy', unhealthy: 'Unhealthy', unknown: 'Starting', exited: 'Ended' },
  },
  {
    close: '닫기',
    clear: '지우기',
    more: '늘리기',
    less: '줄이기',
    show: '모두 보기',
    nothing: '일치하는 항목이 없습니다',
    notices: '알림',
    resize: '크기 조절',
    health: { healthy: '정상', unhealthy: '비정상', unknown: '시작 중', exited: '종료됨' },
  },
)
