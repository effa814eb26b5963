import { defineWords } from '../model/spoken-language.ts'

/** Everything the window around the features says. */
export const words = defineWords(
  {
    views: { pipeline: 'Pipeline', live: 'Live', stack: 'Stack', explore: 'Explore', settings: 'Settings' },
    navigation: 'Views',
    theme: { system: 'Theme: as the system', light: 'Theme: light', dark: 'Theme: dark' },
    components: (count: number) => `${count} component${count === 1 ? '' : 's'}`,
    failing: (count: number) => `${count} unhealthy`,
    showFailing: 'Show the next unhealthy component',
    face: 'Show the pipeline as',
    faces: { canvas: 'Canvas', split: 'Canvas and text', text: 'Text' },
    inspector: 'Inspector',
    drawer: 'Drawer',
    drawers: { problems: 'Problems', tap: 'Tap', logs: 'Logs', diff: 'Diff' },
    states: {
      connecting: 'Connecting…',
      waiting: 'No config applied yet',
      live: 'Live',
      lost: 'Collector does not answer',
    },
    connecting: { title: 'Connecting…', detail: 'Reading the running pipeline.' },
    waiting: {
      title: 'Nothing runs yet',
      detail: 'The collector answers, but no config has been applied. Its log says why.',
    },
    lost: {
      title: 'The collector does not answer',
      detail: 'It may be restarting or may have stopped. This page goes on trying; "weir run FILE" starts it again.',
    },
    empty: {
      title: 'The config has no components',
      detail: 'Add one to the config, for example prometheus.scrape, and reload it.',
    },
    stale: 'The collector does not answer. This is what was seen last; trying again…',
  },
  {
    views: { pipeline: '파이프라인', live: '라이브', stack: '스택', explore: '탐색', settings: '설정' },
    navigation: '화면',
    theme: { system: '테마: 시스템 설정', light: '테마: 밝게', dark: '테마: 어둡게' },
    components: (count) => `컴포넌트 ${count}개`,
    failing: (count) => `비정상 ${count}개`,
    showFailing: '다음 비정상 컴포넌트 보기',
    face: '파이프라인 표시 방식',
    faces: { canvas: '캔버스', split: '캔버스와 텍스트', text: '텍스트' },
    inspector: '인스펙터',
    drawer: '하단 패널',
    drawers: { problems: '문제', tap: '탭', logs: '로그', diff: '변경' },
    states: {
      connecting: '연결 중…',
      waiting: '적용된 설정 없음',
      live: '실시간',
      lost: '수집기가 응답하지 않음',
    },
    connecting: { title: '연결 중…', detail: '실행 중인 파이프라인을 읽고 있습니다.' },
    waiting: {
      title: '아직 실행 중인 것이 없습니다',
      detail: '수집기는 응답하지만 적용된 설정이 없습니다. 이유는 수집기 로그에 있습니다.',
    },
    lost: {
      title: '수집기가 응답하지 않습니다',
      detail:
        '다시 시작하는 중이거나 멈췄을 수 있습니다. 이 페이지는 계속 다시 시도합니다. "weir run FILE"로 다시 시작할 수 있습니다.',
    },
    empty: {
      title: '설정에 컴포넌트가 없습니다',
      detail: 'prometheus.scrape 같은 컴포넌트를 설정에 추가하고 다시 읽어 주세요.',
    },
    stale: '수집기가 응답하지 않습니다. 마지막으로 본 상태를 보여 주며 다시 시도하는 중입니다…',
  },
)
