/** The one list of commands: buttons, tooltips, shortcuts, the palette and the shortcut sheet read it. */
import { deepPlainRecipe } from '../../core/spec/index.ts'
import type { Done, MapMode } from '../../shared/protocol.ts'
import { doneWords } from '../charts/edit-words.ts'
import { shownLanguage, t } from '../i18n/index.ts'
import { useApp, type View } from '../stores/app.ts'
import { useEdits } from '../stores/edits.ts'
import { useLibrary } from '../stores/library.ts'
import { useOperation } from '../stores/operation.ts'
import { usePaint } from '../stores/paint.ts'
import type { Place } from '../stores/places.ts'
import { useRun } from '../stores/run.ts'
import { useSelection } from '../stores/selection.ts'
import { useTrip } from '../stores/trip.ts'
import { type Command, type CommandId, onRun } from './command.ts'
import { byHand, inOperation, ofTraining } from './training-commands.ts'

const nextTheme = { system: 'light', light: 'dark', dark: 'system' } as const

const always = (): boolean => true

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

/** What undo or redo would do: a change, or which run comes back. */
function wordsOf(done: Done | null, place: Place | null): string {
  if (done !== null) return doneWords(done, shownLanguage())
  return place === null ? '' : place.info.recipe.name
}

const ofDocument: readonly Command[] = [
  {
    id: 'undo',
    message: 'command.undo',
    shortcuts: [{ code: 'KeyZ', mod: true }],
    detail: () => wordsOf(useEdits().undoes, useRun().former),
    enabled: () => onRun() && useEdits().mayUndo,
    run: () => useEdits().undo(),
  },
  {
    id: 'redo',
    message: 'command.redo',
    shortcuts: [
      { code: 'KeyZ', mod: true, shift: true },
      { code: 'KeyY', mod: true },
    ],
    detail: () => wordsOf(useEdits().redoes, useRun().later),
    enabled: () => onRun() && useEdits().mayRedo,
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
