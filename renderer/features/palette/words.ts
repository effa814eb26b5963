import { defineWords } from '../../model/spoken-language.ts'

/** Everything the palette says. */
export const words = defineWords(
  {
    title: 'Components',
    search: 'Search components',
    stages: {
      discover: 'Discover',
      collect: 'Collect',
      process: 'Process',
      send: 'Send',
      support: 'Support',
      kept: 'Kept for Alloy',
    },
    keptHint: 'Weir keeps and checks these, Alloy runs them.',
    nothing: 'Nothing of that name.',
    how: 'Drag onto the canvas or an edge; a double click or Enter adds.',
  },
  {
    title: '컴포넌트',
    search: '컴포넌트 검색',
    stages: {
      discover: '발견',
      collect: '수집',
      process: '가공',
      send: '전송',
      support: '보조',
      kept: 'Alloy용으로 보관',
    },
    keptHint: 'Weir가 보관하고 검사하며, 실행은 Alloy가 합니다.',
    nothing: '그런 이름이 없습니다.',
    how: '캔버스나 연결 위로 끌어 놓으세요. 두 번 클릭하거나 Enter를 눌러도 추가합니다.',
  },
)
