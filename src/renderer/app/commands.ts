/** The one list of commands: buttons, tooltips, shortcuts and the shortcut sheet read it. */
import type { MessageKey } from '../i18n/index.ts'
import { useApp, views } from '../stores/app.ts'
import { useFrame } from '../stores/frame.ts'
import { useLibrary } from '../stores/library.ts'
import { useRun } from '../stores/run.ts'
import { useSelection } from '../stores/selection.ts'

/** A key by its place on the keyboard, so that it works whatever script is being typed. */
export interface Shortcut {
  /** `KeyboardEvent.code`. */
  readonly code: string
  /** Ctrl, or Command on a Mac. */
  readonly mod?: boolean
  readonly shift?: boolean
  readonly alt?: boolean
}

export interface Command {
  readonly id: CommandId
  readonly message: MessageKey
  readonly shortcuts: readonly Shortcut[]
  readonly enabled: () => boolean
  readonly run: () => unknown
}

const commandIds = [
  'train',
  'step-batch',
  'step-epoch',
  'rewind',
  'undo',
  'redo',
  'save',
  'open',
  'captions',
  'let-go',
  'view-story',
  'view-lab',
  'view-library',
  'theme',
  'shortcuts',
] as const
export type CommandId = (typeof commandIds)[number]

const nextTheme = { system: 'light', light: 'dark', dark: 'system' } as const

/** Begins training, or halts it; a finished run starts over. */
async function toggleTraining(): Promise<void> {
  const run = useRun()
  const frame = useFrame()
  if (frame.status === 'running') {
    await run.pause()
    return
  }
  if (frame.status === 'finished') await run.rewind()
  await run.play()
}

/** Every command, in the order of the shortcut sheet. */
export function allCommands(): readonly Command[] {
  const app = useApp()
  const run = useRun()
  const frame = useFrame()
  const library = useLibrary()
  const selection = useSelection()
  const onRun = (): boolean => run.current !== null && app.view !== 'library'
  const canTrain = (): boolean => onRun() && frame.status !== 'diverged'
  const open = async (): Promise<void> => {
    if (app.info?.shell !== 'desktop') app.view = 'library'
    else if (await library.choose()) app.view = 'lab'
  }
  const toView = (index: number) => () => {
    const view = views[index]
    if (view !== undefined) app.view = view
  }
  return [
    {
      id: 'train',
      message: 'command.train',
      shortcuts: [{ code: 'Space' }, { code: 'F5' }],
      enabled: canTrain,
      run: toggleTraining,
    },
    {
      id: 'step-batch',
      message: 'command.stepBatch',
      shortcuts: [{ code: 'ArrowRight' }, { code: 'F10' }],
      enabled: canTrain,
      run: () => run.step('batch'),
    },
    {
      id: 'step-epoch',
      message: 'command.stepEpoch',
      shortcuts: [{ code: 'ArrowRight', shift: true }],
      enabled: canTrain,
      run: () => run.step('epoch'),
    },
    {
      id: 'rewind',
      message: 'command.rewind',
      shortcuts: [{ code: 'KeyR', mod: true, shift: true }],
      enabled: onRun,
      run: () => run.rewind(),
    },
    {
      id: 'undo',
      message: 'command.undo',
      shortcuts: [{ code: 'KeyZ', mod: true }],
      enabled: () => onRun() && run.canUndo,
      run: () => run.undo(),
    },
    {
      id: 'redo',
      message: 'command.redo',
      shortcuts: [
        { code: 'KeyZ', mod: true, shift: true },
        { code: 'KeyY', mod: true },
      ],
      enabled: () => onRun() && run.canRedo,
      run: () => run.redo(),
    },
    {
      id: 'save',
      message: 'command.save',
      shortcuts: [{ code: 'KeyS', mod: true }],
      enabled: () => run.current !== null,
      run: () => {
        app.saveShown = true
      },
    },
    { id: 'open', message: 'command.open', shortcuts: [{ code: 'KeyO', mod: true }], enabled: () => true, run: open },
    {
      id: 'captions',
      message: 'command.captions',
      shortcuts: [{ code: 'KeyM', alt: true }],
      enabled: onRun,
      run: () => selection.toggleCaptions(),
    },
    {
      id: 'let-go',
      message: 'command.letGo',
      shortcuts: [{ code: 'Escape' }],
      enabled: () => selection.selected !== null,
      run: () => {
        selection.selected = null
      },
    },
    {
      id: 'view-story',
      message: 'command.viewStory',
      shortcuts: [{ code: 'Digit1', alt: true }],
      enabled: () => true,
      run: toView(0),
    },
    {
      id: 'view-lab',
      message: 'command.viewLab',
      shortcuts: [{ code: 'Digit2', alt: true }],
      enabled: () => true,
      run: toView(1),
    },
    {
      id: 'view-library',
      message: 'command.viewLibrary',
      shortcuts: [{ code: 'Digit3', alt: true }],
      enabled: () => true,
      run: toView(2),
    },
    {
      id: 'theme',
      message: 'command.theme',
      shortcuts: [{ code: 'KeyT', alt: true }],
      enabled: () => true,
      run: () => app.set({ theme: nextTheme[app.settings.theme] }),
    },
    {
      id: 'shortcuts',
      message: 'command.shortcuts',
      shortcuts: [{ code: 'Slash', mod: true }],
      enabled: () => true,
      run: () => {
        app.shortcutsShown = !app.shortcutsShown
      },
    },
  ]
}

/** The command with an id. */
export function command(id: CommandId): Command {
  const found = allCommands().find((entry) => entry.id === id)
  if (found === undefined) throw new Error(`internal: no command ${id}`)
  return found
}

/** Runs the command of a native menu; a name that is not known does nothing. */
export function runNamed(id: string): void {
  const found = allCommands().find((entry) => entry.id === id)
  if (found?.enabled()) found.run()
}
