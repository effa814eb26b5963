import { defineWords } from '../../model/spoken-language.ts'
import { wholeNumber } from '../../ui/quantity.ts'

/** Everything the log says around its lines. */
export const words = defineWords(
  {
    list: 'Lines of the collector’s log',
    level: 'Least level',
    levels: { debug: 'Debug and up', info: 'Info and up', warn: 'Warnings and errors', error: 'Errors' },
    filter: 'Filter by text or component',
    count: (shown: number, all: number, most: number) =>
      `${wholeNumber(shown)} of ${wholeNumber(all)} lines · newest ${wholeNumber(most)}`,
    clear: 'Clear',
    copy: 'Copy what is listed',
    copied: 'Copied',
    select: (id: string) => `Select ${id}`,
    empty: { title: 'The log is empty', detail: 'The collector writes here when something happens.' },
    noMatch: { title: 'No line matches', detail: 'Choose a lower level or clear the filter.' },
  },
  {
    list: '수집기 로그',
    level: '최소 수준',
    levels: { debug: '디버그 이상', info: '정보 이상', warn: '경고와 오류', error: '오류' },
    filter: '텍스트나 컴포넌트로 거르기',
    count: (shown, all, most) => `${wholeNumber(all)}줄 중 ${wholeNumber(shown)}줄 · 최신 ${wholeNumber(most)}줄`,
    clear: '비우기',
    copy: '목록 복사',
    copied: '복사했습니다',
    select: (id) => `${id} 선택`,
    empty: { title: '로그가 비어 있습니다', detail: '무슨 일이 생기면 수집기가 여기에 씁니다.' },
    noMatch: { title: '일치하는 줄이 없습니다', detail: '수준을 낮추거나 필터를 지워 주세요.' },
  },
)
