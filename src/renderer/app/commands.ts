/** The one list of commands: buttons, tooltips, shortcuts, the palette and the shortcut sheet read it. */
import { deepPlainRecipe } from '../../core/spec/index.ts'
import type { Done, MapMode } from '../../shared/protocol.ts'
import { doneWords } from '../charts/edit-words.ts'
import { type MessageKey, shownLanguage, t } from '../i18n/index.ts'
import { useApp, type View } from '../stores/app.ts'
import { useEdits } from '../stores/edits.ts'
import { useFrame } from '../stores/frame.ts'
import { useLibrary } from '../stores/library.ts'
import { useOperation } from '../stores/operation.ts'
import { usePaint } from '../stores/paint.ts'
import { useRun } from '../stores/run.ts'
import { useSelection } from '../stores/selection.ts'
import { useStory } from '../stores/story.ts'
import { useTeaching } from '../stores/teaching.ts'
import { useTrip } from '../stores/trip.ts'

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
  /** What it would do now, in words; empty for no more than its name. */
  readonly detail?: () => string
  readonly enabled: () => boolean
  readonly run: () => unknown
}

/** Names of the commands; native menus use them too. */
export type CommandId =
  | 'train'
  | 'step-batch'
  | 'step-epoch'
  | 'step-sample'
  | 'step-operation'
  | 'operation-back'
  | 'operation-finish'
  | 'operation-leave'
  | 'rewind'
  | 'fork'
  | 'say'
  | 'praise'
  | 'scold'
  | 'undo'
  | 'redo'
  | 'paint'
  | 'save'
  | 'export'
  | 'open'
  | 'captions'
  | 'map-numbers'
  | 'map-focus'
  | 'map-quiet'
  | 'map-lines'
  | 'let-go'
  | 'view-story'
  | 'view-lab'
  | 'view-hyperparameters'
  | 'view-library'
  | 'hundred'
  | 'routes'
  | 'theme'
  | 'shortcuts'
  | 'palette'

const nextTheme = { system: 'light', light: 'dark', dark: 'system' } as const

const always = (): boolean => true

/** Whether a run is in sight. */
const onRun = (): boolean => useRun().current !== null && ['story', 'lab'].includes(useApp().view)
const canTrain = (): boolean => onRun() && useFrame().status !== 'diverged'

/** Begins training, or halts it; a finished run starts over. */
async function toggleTraining(): Promise<void> {
  const run = useRun()
  const { status } = useFrame()
  if (status === 'running') {
    await run.pause()
    return
  }
  if (status === 'finished') await run.rewind()
  await run.play()
}

/** The system's dialog in the desktop shell; in the browser the library, which takes files. */
async function openFile(): Promise<void> {
  const app = useApp()
  if (app.info?.shell !== 'desktop') app.view = 'library'
  else if (await useLibrary().choose()) app.view = 'lab'
}

function show(view: View): () => void {
  return () => {
    useApp().view = view
  }
}

/** Whether a step is taken apart in the laboratory. */
const inOperation = (): boolean => useApp().view === 'lab' && useOperation().state !== null

const ofTraining: readonly Command[] = [
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
    run: () => useRun().step('batch'),
  },
  {
    id: 'step-epoch',
    message: 'command.stepEpoch',
    shortcuts: [{ code: 'ArrowRight', shift: true }],
    enabled: canTrain,
    run: () => useRun().step('epoch'),
  },
  {
    id: 'step-sample',
    message: 'command.stepSample',
    shortcuts: [{ code: 'F9' }],
    enabled: canTrain,
    run: () => useRun().step('sample'),
  },
  {
    id: 'step-operation',
    message: 'command.stepOperation',
    shortcuts: [{ code: 'F8' }],
    enabled: () => canTrain() && useApp().view === 'lab',
    run: () => useOperation().move('next'),
  },
  {
    id: 'operation-back',
    message: 'command.operationBack',
    shortcuts: [{ code: 'F8', shift: true }],
    enabled: () => inOperation() && (useOperation().state?.phase ?? 0) > 0,
    run: () => useOperation().move('back'),
  },
  {
    id: 'operation-finish',
    message: 'command.operationFinish',
    shortcuts: [{ code: 'F8', mod: true }],
    enabled: () => canTrain() && useApp().view === 'lab' && useOperation().state?.isTaken !== true,
    run: () => useOperation().move('finish'),
  },
  {
    id: 'operation-leave',
    message: 'command.operationLeave',
    // Escape lets go of whatever is held: see `let-go`.
    shortcuts: [],
    enabled: inOperation,
    run: () => useOperation().move('leave'),
  },
  {
    id: 'rewind',
    message: 'command.rewind',
    shortcuts: [{ code: 'KeyR', mod: true, shift: true }],
    enabled: onRun,
    run: () => useRun().rewind(),
  },
  {
    id: 'fork',
    message: 'command.fork',
    shortcuts: [{ code: 'KeyF', alt: true }],
    enabled: () => onRun() && useApp().view === 'lab' && useRun().beside === null,
    run: () => {
      useApp().forkShown = true
    },
  },
]

/** Whether the page where one teaches by hand is in sight and waits for nothing. */
const onTeaching = (): boolean =>
  useApp().view === 'story' && useStory().page === 'teach' && useRun().current !== null && !useTeaching().busy
const hasAnswer = (): boolean => onTeaching() && useTeaching().said !== null

const byHand: readonly Command[] = [
  {
    id: 'say',
    message: 'command.say',
    shortcuts: [{ code: 'KeyA' }],
    enabled: onTeaching,
    run: () => useTeaching().say(),
  },
  {
    id: 'praise',
    message: 'command.praise',
    shortcuts: [{ code: 'KeyP' }],
    enabled: hasAnswer,
    run: () => useTeaching().reward(1),
  },
  {
    id: 'scold',
    message: 'command.scold',
    shortcuts: [{ code: 'KeyS' }],
    enabled: hasAnswer,
    run: () => useTeaching().reward(-1),
  },
]

const wordsOf = (done: Done | null): string => (done === null ? '' : doneWords(done, shownLanguage()))

const ofDocument: readonly Command[] = [
  {
    id: 'undo',
    message: 'command.undo',
    shortcuts: [{ code: 'KeyZ', mod: true }],
    detail: () => wordsOf(useEdits().undoes),
    enabled: () => onRun() && useEdits().canUndo,
    run: () => useEdits().undo(),
  },
  {
    id: 'redo',
    message: 'command.redo',
    shortcuts: [
      { code: 'KeyZ', mod: true, shift: true },
      { code: 'KeyY', mod: true },
    ],
    detail: () => wordsOf(useEdits().redoes),
    enabled: () => onRun() && useEdits().canRedo,
    run: () => useEdits().redo(),
  },
  {
    id: 'paint',
    message: 'command.paint',
    shortcuts: [{ code: 'KeyP', alt: true }],
    enabled: () => usePaint().canPaint,
    run: () => usePaint().toggle(),
  },
  {
    id: 'save',
    message: 'command.save',
    shortcuts: [{ code: 'KeyS', mod: true }],
    enabled: () => useRun().current !== null,
    run: () => {
      useApp().saveShown = true
    },
  },
  {
    id: 'export',
    message: 'command.export',
    shortcuts: [{ code: 'KeyE', mod: true, shift: true }],
    enabled: onRun,
    run: () => {
      useApp().exportShown = true
    },
  },
  { id: 'open', message: 'command.open', shortcuts: [{ code: 'KeyO', mod: true }], enabled: always, run: openFile },
]

/** A ready example takes the place of the lab's run. */
async function openExample(recipe: unknown): Promise<void> {
  useApp().view = 'lab'
  await useRun().show('lab')
  await useRun().create(recipe)
}

/** A mode of the lab's map on, or the plain one again. */
const ofMode = (mode: MapMode): Pick<Command, 'enabled' | 'run'> => ({
  enabled: () => onRun() && useApp().view === 'lab',
  run: () => useApp().set({ mapMode: useApp().settings.mapMode === mode ? 'plain' : mode }),
})

const ofMap: readonly Command[] = [
  { id: 'map-numbers', message: 'command.mapNumbers', shortcuts: [{ code: 'KeyN', alt: true }], ...ofMode('numbers') },
  { id: 'map-focus', message: 'command.mapFocus', shortcuts: [{ code: 'KeyO', alt: true }], ...ofMode('focus') },
  { id: 'map-quiet', message: 'command.mapQuiet', shortcuts: [{ code: 'KeyQ', alt: true }], ...ofMode('quiet') },
  {
    id: 'map-lines',
    message: 'command.mapLines',
    shortcuts: [{ code: 'KeyG', alt: true }],
    enabled: () => onRun() && useApp().view === 'lab',
    run: () => useApp().set({ mapLines: useApp().settings.mapLines === 'weights' ? 'gradients' : 'weights' }),
  },
]

const ofWindow: readonly Command[] = [
  {
    id: 'hundred',
    message: 'command.hundred',
    shortcuts: [],
    enabled: always,
    run: () => openExample(deepPlainRecipe),
  },
  {
    id: 'routes',
    message: 'command.routes',
    shortcuts: [{ code: 'KeyR', alt: true }],
    enabled: onRun,
    run: () => useTrip().toggle(),
  },
  {
    id: 'captions',
    message: 'command.captions',
    shortcuts: [{ code: 'KeyM', alt: true }],
    enabled: onRun,
    run: () => useSelection().toggleCaptions(),
  },
  {
    id: 'let-go',
    message: 'command.letGo',
    shortcuts: [{ code: 'Escape' }],
    enabled: () => inOperation() || useSelection().selected !== null,
    run: () => {
      if (inOperation()) return useOperation().move('leave')
      useSelection().selected = null
    },
  },
  {
    id: 'view-story',
    message: 'command.viewStory',
    shortcuts: [{ code: 'Digit1', alt: true }],
    enabled: always,
    run: show('story'),
  },
  {
    id: 'view-lab',
    message: 'command.viewLab',
    shortcuts: [{ code: 'Digit2', alt: true }],
    enabled: always,
    run: show('lab'),
  },
  {
    id: 'view-hyperparameters',
    message: 'command.viewHyperparameters',
    shortcuts: [{ code: 'Digit3', alt: true }],
    enabled: always,
    run: show('hyperparameters'),
  },
  {
    id: 'view-library',
    message: 'command.viewLibrary',
    shortcuts: [{ code: 'Digit4', alt: true }],
    enabled: always,
    run: show('library'),
  },
  {
    id: 'theme',
    message: 'command.theme',
    shortcuts: [{ code: 'KeyT', alt: true }],
    enabled: always,
    run: () => useApp().set({ theme: nextTheme[useApp().settings.theme] }),
  },
  {
    id: 'palette',
    message: 'command.palette',
    shortcuts: [{ code: 'KeyP', mod: true, shift: true }, { code: 'F1' }],
    enabled: always,
    run: () => {
      useApp().paletteShown = true
    },
  },
  {
    id: 'shortcuts',
    message: 'command.shortcuts',
    shortcuts: [{ code: 'Slash', mod: true }],
    enabled: always,
    run: () => {
      useApp().shortcutsShown = !useApp().shortcutsShown
    },
  },
]

/** Every command, in the order of the shortcut sheet. */
export const commands: readonly Command[] = [...ofTraining, ...byHand, ...ofDocument, ...ofMap, ...ofWindow]

/** A command's name, with what it would do now. */
export function commandWords({ message, detail }: Command): string {
  const more = detail?.() ?? ''
  return more === '' ? t(message) : `${t(message)}: ${more}`
}

/** The command with an id. */
export function command(id: CommandId): Command {
  const found = commands.find((entry) => entry.id === id)
  if (found === undefined) throw new Error(`internal: no command ${id}`)
  return found
}

/** Runs the command of a native menu; a name that is not known does nothing. */
export function runNamed(id: string): void {
  const found = commands.find((entry) => entry.id === id)
  if (found?.enabled()) found.run()
}
