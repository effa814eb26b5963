import { defineWords } from '../../model/spoken-language.ts'
import { wholeNumber } from '../../ui/quantity.ts'
import { mostItems } from './tap-recorder.ts'

/** Everything the tap says. */
export const words = defineWords(
  {
    tapped: 'Tapped component or connection',
    follow: 'Selected on the canvas',
    components: 'in and out',
    none: {
      title: 'Select something to tap',
      detail: 'A component shows what goes in and what comes out; a connection shows what crosses it.',
    },
    waiting: { title: 'Nothing has crossed yet', detail: 'Items appear here as they flow.' },
    noMatch: { title: 'No item matches', detail: 'Clear the filter to see all of them.' },
    filter: 'Filter by label or text',
    pause: 'Pause',
    resume: 'Resume',
    clear: 'Clear',
    pin: 'Keep this tap when something else is selected',
    unpin: 'Follow the selection again',
    copy: 'Copy what is listed',
    copyOne: 'Copy this item',
    copied: 'Copied',
    counted: (seen: number, kept: number) =>
      seen === kept
        ? `${wholeNumber(seen)} seen, all kept`
        : `${wholeNumber(kept)} of ${wholeNumber(seen)} kept: a sample, as more flow than can be read`,
    bound: `newest ${mostItems}`,
    paused: 'Paused',
    list: 'Tapped items',
    before: 'Before',
    after: 'After',
    details: 'Item',
    choose: 'Choose a row to read all of it.',
    cut: 'Cut: it is longer than 4 KiB.',
    marks: {
      unmodified: 'unmodified',
      modified: 'modified',
      reduced: 'reduced',
      dropped: 'dropped',
      unknown: 'no partner seen',
      made: 'made here',
    },
    labels: 'Labels',
    attributes: 'Attributes',
  },
  {
    tapped: '탭할 컴포넌트 또는 연결',
    follow: '캔버스에서 선택한 것',
    components: '입력과 출력',
    none: {
      title: '탭할 대상을 선택해 주세요',
      detail: '컴포넌트는 들어간 것과 나온 것을, 연결은 지나간 것을 보여 줍니다.',
    },
    waiting: { title: '아직 지나간 것이 없습니다', detail: '흐르는 대로 여기에 나타납니다.' },
    noMatch: { title: '일치하는 항목이 없습니다', detail: '필터를 지우면 모두 보입니다.' },
    filter: '레이블이나 텍스트로 거르기',
    pause: '일시 정지',
    resume: '계속',
    clear: '비우기',
    pin: '다른 것을 선택해도 이 탭 유지',
    unpin: '다시 선택을 따라가기',
    copy: '목록 복사',
    copyOne: '이 항목 복사',
    copied: '복사했습니다',
    counted: (seen, kept) =>
      seen === kept
        ? `${wholeNumber(seen)}개 지나감, 모두 보관`
        : `${wholeNumber(seen)}개 중 ${wholeNumber(kept)}개 보관: 읽을 수 있는 것보다 많이 흘러 표본만 보여 줍니다`,
    bound: `최신 ${mostItems}개`,
    paused: '일시 정지됨',
    list: '탭한 항목',
    before: '이전',
    after: '이후',
    details: '항목',
    choose: '전체를 읽으려면 행을 선택해 주세요.',
    cut: '잘림: 4 KiB보다 깁니다.',
    marks: {
      unmodified: '그대로',
      modified: '변경됨',
      reduced: '줄어듦',
      dropped: '버려짐',
      unknown: '짝을 못 봄',
      made: '여기서 생성',
    },
    labels: '레이블',
    attributes: '속성',
  },
)
