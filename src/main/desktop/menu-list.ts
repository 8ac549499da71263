/** What the native menu holds, in both languages; knows nothing of electron. */
import type { Language } from '../../shared/protocol.ts'

type Label = Readonly<Record<Language, string>>

/** Roles of the system that the menus use. */
type MenuRole =
  | 'close'
  | 'quit'
  | 'cut'
  | 'copy'
  | 'paste'
  | 'selectAll'
  | 'zoomIn'
  | 'zoomOut'
  | 'resetZoom'
  | 'togglefullscreen'

/** A command of the page, a role of the system, or a line between. */
export type Entry =
  | { readonly command: string; readonly label: Label; readonly accelerator?: string }
  | { readonly role: MenuRole; readonly label?: Label }
  | 'separator'

/** One menu of the bar. */
export interface Group {
  readonly label: Label
  readonly entries: readonly Entry[]
}

/** The menus. Keys are those of the page's commands (a test holds the two together); it hears them itself. */
export const menuGroups = (isMac: boolean): readonly Group[] => [
  {
    label: { en: '&File', ko: '파일(&F)' },
    entries: [
      { command: 'open', label: { en: 'Open…', ko: '열기…' }, accelerator: 'CmdOrCtrl+O' },
      { command: 'save', label: { en: 'Save…', ko: '저장…' }, accelerator: 'CmdOrCtrl+S' },
      { command: 'export', label: { en: 'Export…', ko: '내보내기…' }, accelerator: 'CmdOrCtrl+Shift+E' },
      'separator',
      isMac
        ? { role: 'close', label: { en: 'Close', ko: '닫기' } }
        : { role: 'quit', label: { en: 'Quit', ko: '끝내기' } },
    ],
  },
  {
    label: { en: '&Edit', ko: '편집(&E)' },
    entries: [
      { command: 'undo', label: { en: 'Undo', ko: '실행 취소' }, accelerator: 'CmdOrCtrl+Z' },
      { command: 'redo', label: { en: 'Redo', ko: '다시 실행' }, accelerator: 'CmdOrCtrl+Shift+Z' },
      { command: 'paint', label: { en: 'Paint Points', ko: '점 그리기' }, accelerator: 'Alt+P' },
      'separator',
      { role: 'cut', label: { en: 'Cut', ko: '잘라내기' } },
      { role: 'copy', label: { en: 'Copy', ko: '복사' } },
      { role: 'paste', label: { en: 'Paste', ko: '붙여넣기' } },
      { role: 'selectAll', label: { en: 'Select All', ko: '모두 선택' } },
    ],
  },
  {
    label: { en: '&Training', ko: '학습(&T)' },
    entries: [
      { command: 'train', label: { en: 'Train or Pause', ko: '학습 또는 멈춤' }, accelerator: 'F5' },
      { command: 'step-batch', label: { en: 'Step One Batch', ko: '한 배치 진행' }, accelerator: 'F10' },
      { command: 'step-epoch', label: { en: 'Step One Epoch', ko: '한 에포크 진행' } },
      { command: 'step-sample', label: { en: 'Step One Sample', ko: '표본 하나 진행' }, accelerator: 'F9' },
      { command: 'step-operation', label: { en: 'Step One Operation', ko: '연산 하나 진행' }, accelerator: 'F8' },
      { command: 'rewind', label: { en: 'Rewind', ko: '처음으로' }, accelerator: 'CmdOrCtrl+Shift+R' },
    ],
  },
  {
    label: { en: '&View', ko: '보기(&V)' },
    entries: [
      { command: 'view-story', label: { en: 'Story', ko: '이야기' }, accelerator: 'Alt+1' },
      { command: 'view-lab', label: { en: 'Lab', ko: '실험실' }, accelerator: 'Alt+2' },
      {
        command: 'view-hyperparameters',
        label: { en: 'Learned or Chosen', ko: '배우나, 고르나' },
        accelerator: 'Alt+3',
      },
      { command: 'view-library', label: { en: 'Library', ko: '보관함' }, accelerator: 'Alt+4' },
      { command: 'theme', label: { en: 'Theme', ko: '테마' }, accelerator: 'Alt+T' },
      'separator',
      { role: 'zoomIn', label: { en: 'Zoom In', ko: '확대' } },
      { role: 'zoomOut', label: { en: 'Zoom Out', ko: '축소' } },
      { role: 'resetZoom', label: { en: 'Actual Size', ko: '원래 크기' } },
      { role: 'togglefullscreen', label: { en: 'Full Screen', ko: '전체 화면' } },
    ],
  },
  {
    label: { en: '&Help', ko: '도움말(&H)' },
    entries: [
      { command: 'palette', label: { en: 'Find a Command…', ko: '명령 찾기…' }, accelerator: 'CmdOrCtrl+Shift+P' },
      { command: 'shortcuts', label: { en: 'Keyboard Shortcuts', ko: '단축키' }, accelerator: 'CmdOrCtrl+/' },
    ],
  },
]
