import type { TargetCounts } from '../../collector-core/protocol.ts'
import { defineWords } from '../model/spoken-language.ts'
import { wholeNumber } from './quantity.ts'

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
    targets: ({ total, up }: TargetCounts) =>
      total === 1 ? `target ${up === 1 ? 'up' : 'down'}` : `${wholeNumber(up)} of ${wholeNumber(total)} targets up`,
    targetsPending: ({ total, up }: TargetCounts) =>
      total === 1 ? 'target not scraped yet' : `${wholeNumber(up)} of ${wholeNumber(total)} targets scraped`,
    noTargets: 'no targets',
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
    targets: ({ total, up }) =>
      total === 1
        ? `타깃 ${up === 1 ? '응답함' : '응답 없음'}`
        : `타깃 ${wholeNumber(total)}개 중 ${wholeNumber(up)}개 응답`,
    targetsPending: ({ total, up }) =>
      total === 1 ? '타깃 수집 전' : `타깃 ${wholeNumber(total)}개 중 ${wholeNumber(up)}개 수집`,
    noTargets: '타깃 없음',
  },
)
