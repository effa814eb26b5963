import { defineWords } from '../../model/spoken-language.ts'
import { age, koreanAge } from '../../ui/quantity.ts'

/** Everything the chart says. */
export const words = defineWords(
  {
    measure: 'What is drawn',
    measures: {
      out: 'Items out per second',
      in: 'Items in per second',
      dropped: 'Items dropped per second',
      errors: 'Failed batches per second',
      latency: 'Latency in ms',
      queue: 'Items queued',
      oldest: 'Age of the oldest queued item in s',
    },
    window: 'How far back',
    windows: { '60000': '1 min', '300000': '5 min', '600000': '10 min' },
    pause: 'Pause the chart',
    resume: 'Go on',
    components: 'Components in the chart',
    filter: 'Filter components',
    lines: 'Lines of the chart',
    busiest: (most: number) => `Nothing chosen: the ${most} busiest are drawn`,
    clear: 'Draw the busiest',
    chart: (measure: string) => `Chart: ${measure}`,
    bound: (ms: number) => `The last ${age(ms)} are kept while the page is visible`,
    empty: { title: 'No values yet', detail: 'None of the chosen components has this measure.' },
  },
  {
    measure: '그릴 것',
    measures: {
      out: '초당 출력 항목',
      in: '초당 입력 항목',
      dropped: '초당 버려진 항목',
      errors: '초당 실패한 배치',
      latency: '지연(ms)',
      queue: '대기 중인 항목',
      oldest: '가장 오래된 대기 항목의 나이(초)',
    },
    window: '기간',
    windows: { '60000': '1분', '300000': '5분', '600000': '10분' },
    pause: '차트 일시 정지',
    resume: '계속',
    components: '차트의 컴포넌트',
    filter: '컴포넌트 거르기',
    lines: '차트의 선',
    busiest: (most) => `선택한 것이 없어 가장 바쁜 ${most}개를 그립니다`,
    clear: '가장 바쁜 것 그리기',
    chart: (measure) => `차트: ${measure}`,
    bound: (ms) => `페이지가 보이는 동안 최근 ${koreanAge(ms)}을 보관합니다`,
    empty: { title: '아직 값이 없습니다', detail: '선택한 컴포넌트 중에 이 값을 가진 것이 없습니다.' },
  },
)
