import { defineWords } from '../../model/spoken-language.ts'

export const words = defineWords(
  {
    editor: 'Config text',
    renameTo: (id: string) => `New label of ${id}`,
    rename: 'Rename',
    formatRefused: 'The text cannot be formatted while it has syntax errors',
    nothingToRename: 'Put the cursor on a component or a reference to one, then rename',
    readOnly: 'This file may only be read. Save it under another name to keep changes.',
  },
  {
    editor: '설정 텍스트',
    renameTo: (id) => `${id}의 새 레이블`,
    rename: '이름 바꾸기',
    formatRefused: '구문 오류가 있는 동안에는 서식을 맞출 수 없습니다',
    nothingToRename: '컴포넌트나 그 참조에 커서를 놓은 뒤 이름을 바꾸세요',
    readOnly: '읽기 전용 파일입니다. 변경 사항을 보관하려면 다른 이름으로 저장하세요.',
  },
)
