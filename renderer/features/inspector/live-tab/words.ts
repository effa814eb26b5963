import { defineWords } from '../../../model/spoken-language.ts'
import { age, koreanAge, shortDuration, shortNumber, wholeNumber } from '../../../ui/quantity.ts'

/** What is said of a running component. */
export const words = defineWords(
  {
    states: { healthy: 'Healthy', unhealthy: 'Unhealthy', unknown: 'Starting', exited: 'Ended' },
    since: (ms: number) => (ms < 1000 ? 'just now' : `for ${age(ms)}`),
    ago: (ms: number) => (ms < 1000 ? 'just now' : `${age(ms)} ago`),
    traffic: 'Traffic',
    from: 'from',
    to: 'to',
    rate: (rate: number, unit: string) => `${shortNumber(rate)} ${unit}/s`,
    total: (items: number) => `${wholeNumber(items)} in total`,
    wait: (ms: number) => `${shortDuration(ms)} per batch`,
    refused: (count: number, reason: string | undefined) =>
      `${wholeNumber(count)} refused${reason === undefined ? '' : `: ${reason}`}`,
    dropped: 'Dropped',
    arguments: 'Arguments',
    noArguments: 'Everything is at its default.',
    exports: 'Exports',
    debug: 'Right now',
    showing: (shown: number, all: number) => `Showing the first ${wholeNumber(shown)} of ${wholeNumber(all)}`,
    loading: 'Reading the component…',
    opaque: 'Weir keeps this component in the config but does not run it.',
    unreachable: 'The collector does not answer; these values may be old.',
  },
  {
    states: { healthy: '정상', unhealthy: '비정상', unknown: '시작 중', exited: '종료됨' },
    since: (ms) => (ms < 1000 ? '방금' : `${koreanAge(ms)}째`),
    ago: (ms) => (ms < 1000 ? '방금' : `${koreanAge(ms)} 전`),
    traffic: '흐름',
    from: '받음',
    to: '보냄',
    rate: (rate, unit) => `${shortNumber(rate)} ${unit}/s`,
    total: (items) => `총 ${wholeNumber(items)}`,
    wait: (ms) => `배치당 ${shortDuration(ms)}`,
    refused: (count, reason) => `${wholeNumber(count)}개 거부됨${reason === undefined ? '' : `: ${reason}`}`,
    dropped: '버려짐',
    arguments: '인수',
    noArguments: '모두 기본값입니다.',
    exports: 'Export',
    debug: '지금',
    showing: (shown, all) => `${wholeNumber(all)}개 중 처음 ${wholeNumber(shown)}개`,
    loading: '컴포넌트를 읽는 중…',
    opaque: 'Weir는 이 컴포넌트를 설정에 두지만 실행하지 않습니다.',
    unreachable: '수집기가 응답하지 않아 오래된 값일 수 있습니다.',
  },
)
