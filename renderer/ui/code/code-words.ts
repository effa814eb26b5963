import { EditorState } from '@codemirror/state'
import type { Extension } from '@codemirror/state'
import { spokenLanguage } from '../../model/spoken-language.ts'

/** CodeMirror speaks English by itself. */
const korean: Readonly<Record<string, string>> = {
  '$ unchanged lines': '바뀌지 않은 $줄',
  Completions: '제안',
  'Control character': '제어 문자',
  Diagnostics: '문제',
  'No diagnostics': '문제 없음',
  'Go to line': '줄로 이동',
  go: '이동',
  'Selection deleted': '선택한 것을 지웠습니다',
  'Fold line': '접기',
  'Unfold line': '펼치기',
  'Folded lines': '접은 줄',
  'Unfolded lines': '펼친 줄',
  'folded code': '접은 코드',
  unfold: '펼치기',
  to: '부터',
  Find: '찾기',
  Replace: '바꾸기',
  next: '다음',
  previous: '이전',
  all: '모두',
  'match case': '대소문자 구분',
  'by word': '단어 단위',
  regexp: '정규식',
  replace: '바꾸기',
  'replace all': '모두 바꾸기',
  close: '닫기',
  'current match': '현재 일치',
  'on line': '줄',
  'replaced $ matches': '$개를 바꾸었습니다',
  'replaced match on line $': '$행의 것을 바꾸었습니다',
}

/** What a text view says by itself, in the language of the window at the time it is opened. */
export function codeWords(): Extension {
  return EditorState.phrases.of(spokenLanguage.get() === 'ko' ? korean : {})
}
