// The actions of the canvas: one list for its shortcuts, its menu and the command palette.
import type { Action } from '../../model/actions.ts'
import type { Alignment } from '../../model/align.ts'
import { componentOffers } from '../../model/component-offers.ts'
import type { CanvasSession } from '../../model/canvas-session.ts'
import type { SelectionModel } from '../../model/selection.ts'

/** What only the drawn canvas can do. */
export interface CanvasView {
  readonly focus: () => void
  /** Opens the inspector on a component and goes there. */
  readonly inspect: (id: string) => void
  readonly fit: () => void
  readonly zoom: (step: 1 | -1) => void
}

interface ActionOptions {
  readonly session: CanvasSession
  readonly selection: SelectionModel
  readonly view: CanvasView
  readonly copyText: (text: string) => void
  readonly pasteText: () => void
}

const directions = [
  { way: 'left', key: 'ArrowLeft', step: [-8, 0], en: 'left', ko: '왼쪽으로' },
  { way: 'right', key: 'ArrowRight', step: [8, 0], en: 'right', ko: '오른쪽으로' },
  { way: 'up', key: 'ArrowUp', step: [0, -8], en: 'up', ko: '위로' },
  { way: 'down', key: 'ArrowDown', step: [0, 8], en: 'down', ko: '아래로' },
] as const

const alignments: readonly (readonly [Alignment, string, string])[] = [
  ['left', 'Align left', '왼쪽 맞춤'],
  ['center', 'Align centers', '가운데 맞춤'],
  ['right', 'Align right', '오른쪽 맞춤'],
  ['top', 'Align top', '위쪽 맞춤'],
  ['middle', 'Align middles', '중간 맞춤'],
  ['bottom', 'Align bottom', '아래쪽 맞춤'],
  ['columns', 'Distribute horizontally', '가로 간격 같게'],
  ['rows', 'Distribute vertically', '세로 간격 같게'],
]

export function canvasActions({ session, selection, view, copyText, pasteText }: ActionOptions): readonly Action[] {
  const chosen = () => selection.current.get()
  const some = (): boolean => chosen().nodes.length > 0
  const one = (): boolean => session.primary !== undefined
  const action = (
    id: string,
    en: string,
    ko: string,
    run: () => void,
    more: Pick<Action, 'keys' | 'enabled'> = {},
  ): Action => ({ id: `canvas.${id}`, group: 'canvas', title: { en, ko }, run, ...more })
  const looking = [
    action('focus', 'Go to the canvas', '캔버스로 이동', view.focus),
    ...directions.flatMap(({ way, key, step: [dx, dy], en, ko }) => [
      action(`go-${way}`, `Go ${en}`, `${ko} 가기`, () => session.go(way), { keys: [key] }),
      action(`extend-${way}`, `Select ${en} as well`, `${ko} 선택 넓히기`, () => session.extend(way), {
        keys: [`Mod+${key}`],
      }),
      action(`nudge-${way}`, `Move ${en}`, `${ko} 옮기기`, () => session.nudge(dx, dy), {
        keys: [`Shift+${key}`, `Alt+${key}`],
        enabled: some,
      }),
    ]),
    action('inspect', 'Open the inspector', '인스펙터 열기', () => view.inspect(session.primary!.id), {
      keys: ['Enter'],
      enabled: one,
    }),
    action('deselect', 'Select nothing', '선택 해제', () => selection.clear(), { keys: ['Escape'] }),
    action('find', 'Find a component…', '컴포넌트 찾기…', () => session.task.set({ kind: 'find' }), {
      keys: ['Mod+F'],
    }),
    action('select', 'Select one more…', '선택에 추가…', () => session.task.set({ kind: 'select' }), {
      keys: ['S'],
    }),
    action('select-all', 'Select all', '모두 선택', () => session.selectAll(), { keys: ['Mod+A'] }),
    action('next-edge', 'Select the next edge', '다음 연결 선택', () => session.nextEdge(), {
      keys: ['E'],
      enabled: () => one() || session.edge !== undefined,
    }),
    action('tidy', 'Tidy the layout', '배치 정돈', () => void session.places.tidy()),
    action('fit', 'Fit to window', '창에 맞추기', view.fit, { keys: ['0'] }),
    action('zoom-in', 'Zoom in', '확대', () => view.zoom(1), { keys: ['+', '='] }),
    action('zoom-out', 'Zoom out', '축소', () => view.zoom(-1), { keys: ['-'] }),
    ...alignments.map(([how, en, ko]) =>
      action(`align-${how}`, en, ko, () => session.align(how), { enabled: () => chosen().nodes.length > 1 }),
    ),
  ]
  if (!session.editable) return looking
  const ask = (task: Parameters<typeof session.task.set>[0]) => (): void => session.task.set(task)
  return [
    ...looking,
    action('add', 'Add a component…', '컴포넌트 추가…', ask({ kind: 'add', at: undefined }), { keys: ['A'] }),
    action(
      'insert',
      'Insert into the edge…',
      '연결에 끼우기…',
      () => ask({ kind: 'insert', edge: session.edge!.id })(),
      {
        keys: ['I', 'Enter'],
        enabled: () => session.edge !== undefined,
      },
    ),
    action('connect', 'Connect to…', '연결하기…', () => ask({ kind: 'connect', node: session.primary!.id })(), {
      keys: ['C'],
      enabled: one,
    }),
    action(
      'reconnect',
      'Take an end of the edge elsewhere…',
      '연결의 한쪽 끝 옮기기…',
      () => ask({ kind: 'reconnect', edge: session.edge!.id })(),
      { keys: ['C'], enabled: () => session.edge !== undefined },
    ),
    action('rename', 'Rename…', '이름 바꾸기…', () => ask({ kind: 'rename', node: session.primary!.id })(), {
      keys: ['F2'],
      enabled: () => one() && session.primary?.standing !== 'disabled',
    }),
    action('duplicate', 'Duplicate', '복제', () => session.duplicate(), { keys: ['Mod+D'], enabled: some }),
    action('copy', 'Copy as text', '텍스트로 복사', () => copyText(session.copy()), { enabled: some }),
    action('cut', 'Cut', '잘라내기', () => copyText(session.cut()), { enabled: some }),
    action('paste', 'Paste', '붙여넣기', pasteText),
    action('toggle', 'Switch off or on', '끄기/켜기', () => session.toggle(), { keys: ['Mod+/'], enabled: some }),
    action('remove', 'Remove', '지우기', () => session.remove(), {
      keys: ['Delete', 'Backspace'],
      enabled: () => chosen().nodes.length + chosen().edges.length > 0,
    }),
    ...componentOffers.map(({ name }): Action => ({
      ...{ id: `component.${name}`, group: 'component', title: { en: `Add ${name}`, ko: `${name} 추가` } },
      run: () => session.add(name),
    })),
  ]
}
