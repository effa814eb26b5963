import type { PortKind } from '../../../collector-core/known-components.ts'
import { defineWords, spokenLanguage, wordsIn } from '../spoken-language.ts'

type Kinds = Readonly<Record<PortKind, string>>

const en = {
  kinds: {
    targets: 'targets',
    metrics: 'Prometheus metrics',
    logs: 'Loki logs',
    otlp: 'OTLP data',
    profiles: 'profiles',
    rules: 'relabel rules',
    auth: 'authentication',
    storage: 'storage',
    value: 'a value',
  } satisfies Kinds as Kinds,
  itself: 'A component cannot be connected to itself.',
  kindsDiffer: (given: string, taken: string) => `This gives ${given}, but that takes ${taken}.`,
  sameSide: 'Connect an output to an input.',
  off: (id: string) => `${id} is switched off: switch it on first.`,
  otherModule: 'They stand in different modules, which do not see each other.',
  noName: (id: string) => `Weir does not know what ${id} calls this port: connect it in the text.`,
  connected: 'They are connected already.',
  circle: (id: string) => `This would close a circle through ${id}, which has no beginning.`,
  gone: 'It is not there any more.',
  partOfExpression: 'The connection is part of an expression: change it in the text.',
  noBridge: 'Nothing flows through it, so there is nothing to bridge.',
  fitsNot: (name: string) => `${name} does not fit on this edge.`,
  enableFirst: (id: string) => `${id} is switched off: switch it on before you rename it.`,
  nothingSelected: 'Nothing is selected.',
  notRemovable: 'This block cannot be told apart in the text: remove it there.',
  pasteEmpty: 'There is no component on the clipboard.',
  pasteUnreadable: (message: string) => `The clipboard does not hold Alloy configuration: ${message}.`,
  pasteForeign: (format: string, flag: string) =>
    `This is a configuration of ${format}. Weir reads Alloy's language: "alloy convert --source-format=${flag}" translates it.`,
  pasteJson: 'This is JSON. Weir reads the configuration language of Alloy.',
  pasteTwice: (name: string) => `The config has a "${name}" block already, and may have only one: copy without it.`,
  pasteAttribute: (name: string) => `"${name}" stands outside of a block: copy whole components.`,
} as const

const words = defineWords(en, {
  kinds: {
    targets: '타깃',
    metrics: 'Prometheus 메트릭',
    logs: 'Loki 로그',
    otlp: 'OTLP 데이터',
    profiles: '프로파일',
    rules: '리레이블 규칙',
    auth: '인증',
    storage: '저장소',
    value: '값',
  },
  itself: '컴포넌트를 자기 자신에 연결할 수 없습니다.',
  kindsDiffer: (given, taken) => `이쪽은 ${given}을(를) 내보내지만 저쪽은 ${taken}을(를) 받습니다.`,
  sameSide: '출력을 입력에 연결하세요.',
  off: (id) => `${id}이(가) 꺼져 있습니다. 먼저 켜세요.`,
  otherModule: '서로를 볼 수 없는 다른 모듈에 있습니다.',
  noName: (id) => `${id}의 이 포트 이름을 Weir가 알지 못합니다. 텍스트에서 연결하세요.`,
  connected: '이미 연결되어 있습니다.',
  circle: (id) => `${id}을(를) 지나는 순환이 생겨 시작점이 없어집니다.`,
  gone: '더 이상 존재하지 않습니다.',
  partOfExpression: '이 연결은 식의 일부입니다. 텍스트에서 바꾸세요.',
  noBridge: '지나가는 흐름이 없어 이어 줄 것이 없습니다.',
  fitsNot: (name) => `${name}은(는) 이 연결에 맞지 않습니다.`,
  enableFirst: (id) => `${id}이(가) 꺼져 있습니다. 이름을 바꾸기 전에 켜세요.`,
  nothingSelected: '선택한 것이 없습니다.',
  notRemovable: '텍스트에서 이 블록을 구별할 수 없습니다. 텍스트에서 지우세요.',
  pasteEmpty: '클립보드에 컴포넌트가 없습니다.',
  pasteUnreadable: (message) => `클립보드의 내용은 Alloy 설정이 아닙니다: ${message}.`,
  pasteForeign: (format, flag) =>
    `${format} 설정입니다. Weir는 Alloy 언어를 읽습니다. "alloy convert --source-format=${flag}"로 변환하세요.`,
  pasteJson: 'JSON입니다. Weir는 Alloy 설정 언어를 읽습니다.',
  pasteTwice: (name) => `"${name}" 블록은 하나만 둘 수 있고 이미 있습니다. 빼고 복사하세요.`,
  pasteAttribute: (name) => `"${name}"이(가) 블록 밖에 있습니다. 컴포넌트를 통째로 복사하세요.`,
})

/** The reasons gestures give, in the language of the window. */
export const reasons = () => wordsIn(words, spokenLanguage.get())
