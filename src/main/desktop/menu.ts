/** The native menu, made from one list of the page's commands; choosing one sends its id to the page. */
import { Menu, type MenuItemConstructorOptions } from 'electron'
import type { Language } from '../../shared/protocol.ts'
import { sendEvent } from './ipc.ts'

interface Label {
  readonly en: string
  readonly ko: string
}

type Entry =
  | { readonly command: string; readonly label: Label; readonly accelerator?: string }
  | { readonly role: NonNullable<MenuItemConstructorOptions['role']>; readonly label?: Label }
  | 'separator'

interface Group {
  readonly label: Label
  readonly entries: readonly Entry[]
}

const isMac = process.platform === 'darwin'

/** Accelerators with a letter alone (Space) stay with the page: it knows whether a field has the focus. */
const groups: readonly Group[] = [
  {
    label: { en: '&File', ko: '파일(&F)' },
    entries: [
      { command: 'open', label: { en: 'Open…', ko: '열기…' }, accelerator: 'CmdOrCtrl+O' },
      { command: 'save', label: { en: 'Save…', ko: '저장…' }, accelerator: 'CmdOrCtrl+S' },
      'separator',
      isMac
        ? { role: 'close', label: { en: 'Close', ko: '닫기' } }
        : { role: 'quit', label: { en: 'Quit', ko: '끝내기' } },
    ],
  },
  {
    label: { en: '&Edit', ko: '편집(&E)' },
    entries: [
      { command: 'undo', label: { en: 'Undo', ko: '실행 취소' } },
      { command: 'redo', label: { en: 'Redo', ko: '다시 실행' } },
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
      { command: 'rewind', label: { en: 'Rewind', ko: '처음으로' }, accelerator: 'CmdOrCtrl+Shift+R' },
    ],
  },
  {
    label: { en: '&View', ko: '보기(&V)' },
    entries: [
      { command: 'view-story', label: { en: 'Story', ko: '이야기' }, accelerator: 'Alt+1' },
      { command: 'view-lab', label: { en: 'Lab', ko: '실험실' }, accelerator: 'Alt+2' },
      { command: 'view-library', label: { en: 'Library', ko: '보관함' }, accelerator: 'Alt+3' },
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
    entries: [{ command: 'shortcuts', label: { en: 'Keyboard Shortcuts', ko: '단축키' }, accelerator: 'CmdOrCtrl+/' }],
  },
]

function item(entry: Entry, language: Language): MenuItemConstructorOptions {
  if (entry === 'separator') return { type: 'separator' }
  if ('role' in entry)
    return entry.label === undefined ? { role: entry.role } : { role: entry.role, label: entry.label[language] }
  const { command, label, accelerator } = entry
  return {
    id: command,
    label: label[language],
    ...(accelerator === undefined ? {} : { accelerator }),
    // The page hears the keys itself; the menu shows them and serves the pointer.
    registerAccelerator: false,
    click: () => sendEvent({ kind: 'command', command }),
  }
}

/** Shows the menu in this language. */
export function setupMenu(language: Language): void {
  const template: MenuItemConstructorOptions[] = groups.map(({ label, entries }) => ({
    label: label[language],
    submenu: entries.map((entry) => item(entry, language)),
  }))
  Menu.setApplicationMenu(Menu.buildFromTemplate(isMac ? [{ role: 'appMenu' }, ...template] : template))
}
