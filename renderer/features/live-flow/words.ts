import { defineWords } from '../../model/spoken-language.ts'
import { shortNumber } from '../../ui/quantity.ts'

/** Everything the flow says. */
export const words = defineWords(
  {
    flow: 'Flow by rate',
    band: (from: string, to: string, rate: number, unit: string) => `${from} → ${to}: ${shortNumber(rate)} ${unit}/s`,
    rate: (rate: number) => `${shortNumber(rate)}/s`,
    dropped: (rate: number) => `${shortNumber(rate)}/s dropped`,
    scale: 'The width of a band grows with its rate, on a square-root scale so that thin ones can be seen.',
    empty: { title: 'Nothing flows right now', detail: 'Bands appear when items cross a connection.' },
  },
  {
    flow: '속도로 본 흐름',
    band: (from, to, rate, unit) => `${from} → ${to}: ${shortNumber(rate)} ${unit}/초`,
    rate: (rate) => `${shortNumber(rate)}/초`,
    dropped: (rate) => `${shortNumber(rate)}/초 버려짐`,
    scale: '띠의 폭은 속도에 따라 커지며, 가는 띠도 보이도록 제곱근 눈금을 씁니다.',
    empty: { title: '지금은 흐르는 것이 없습니다', detail: '연결을 지나는 것이 있으면 띠가 나타납니다.' },
  },
)
