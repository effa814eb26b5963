import type { ActionGroup } from '../../model/actions.ts'
import { defineWords } from '../../model/spoken-language.ts'

/** Everything the command palette says. */
export const words = defineWords(
  {
    title: 'Command palette',
    search: 'Go to a component, add one, or do something',
    nothing: 'Nothing of that name.',
    components: 'Go to component',
    groups: {
      view: 'Go to view',
      project: 'Project',
      edit: 'Edit',
      canvas: 'Canvas',
      text: 'Text',
      component: 'Add component',
      window: 'Window',
    } satisfies Record<ActionGroup, string>,
  },
  {
    title: '명령 팔레트',
    search: '컴포넌트로 이동, 추가, 또는 명령 실행',
    nothing: '그런 이름이 없습니다.',
    components: '컴포넌트로 이동',
    groups: {
      view: '화면으로 이동',
      project: '프로젝트',
      edit: '편집',
      canvas: '캔버스',
      text: '텍스트',
      component: '컴포넌트 추가',
      window: '창',
    },
  },
)
