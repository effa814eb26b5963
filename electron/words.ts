// What the shell says outside of its window, in both languages.
import type { Settings } from '../host/contract/project.ts'

const en = {
  file: 'File',
  edit: 'Edit',
  view: 'View',
  window: 'Window',
  settings: 'Settings…',
  new: 'New',
  open: 'Open…',
  openRecent: 'Open recent',
  save: 'Save',
  saveAs: 'Save as…',
  close: 'Close window',
  quit: 'Quit Weir',
  about: 'About Weir',
  hide: 'Hide Weir',
  hideOthers: 'Hide others',
  unhide: 'Show all',
  cut: 'Cut',
  copy: 'Copy',
  paste: 'Paste',
  selectAll: 'Select all',
  resetZoom: 'Actual size',
  zoomIn: 'Zoom in',
  zoomOut: 'Zoom out',
  fullScreen: 'Full screen',
  pipeline: {
    running: 'The pipeline runs',
    starting: 'The pipeline is starting',
    restarting: 'The pipeline died and is started again',
    stopped: 'The pipeline is stopped',
    failed: 'The pipeline does not run',
  },
  show: 'Open Weir',
  stop: 'Stop the pipeline',
  start: 'Start the pipeline',
  goesOn: {
    title: 'Weir goes on without its window',
    body: 'The pipeline keeps running. The icon in the tray opens the window again, stops the collector and quits Weir.',
  },
  unhealthy: (count: number): string =>
    count === 1 ? 'A component is unhealthy' : `${count} components are unhealthy`,
  more: (count: number): string => `and ${count} more`,
}

export type ShellWords = typeof en

const ko: ShellWords = {
  file: '파일',
  edit: '편집',
  view: '보기',
  window: '창',
  settings: '설정…',
  new: '새로 만들기',
  open: '열기…',
  openRecent: '최근 파일 열기',
  save: '저장',
  saveAs: '다른 이름으로 저장…',
  close: '창 닫기',
  quit: 'Weir 종료',
  about: 'Weir 정보',
  hide: 'Weir 가리기',
  hideOthers: '기타 가리기',
  unhide: '모두 보기',
  cut: '잘라내기',
  copy: '복사',
  paste: '붙여넣기',
  selectAll: '모두 선택',
  resetZoom: '실제 크기',
  zoomIn: '확대',
  zoomOut: '축소',
  fullScreen: '전체 화면',
  pipeline: {
    running: '파이프라인 실행 중',
    starting: '파이프라인 시작 중',
    restarting: '파이프라인이 죽어 다시 시작하는 중',
    stopped: '파이프라인 멈춤',
    failed: '파이프라인이 실행되지 않음',
  },
  show: 'Weir 열기',
  stop: '파이프라인 중지',
  start: '파이프라인 시작',
  goesOn: {
    title: 'Weir는 창 없이도 계속 실행됩니다',
    body: '파이프라인은 계속 흐릅니다. 트레이 아이콘으로 창을 다시 열거나, 수집기를 멈추거나, Weir를 끝낼 수 있습니다.',
  },
  unhealthy: (count) => `컴포넌트 ${count}개가 비정상입니다`,
  more: (count) => `외 ${count}개`,
}

/** The words for a setting; `system` goes by the language of the operating system, a BCP 47 tag. */
export function shellWords(language: Settings['language'], systemLanguage: string): ShellWords {
  return (language === 'system' ? systemLanguage.startsWith('ko') : language === 'ko') ? ko : en
}
