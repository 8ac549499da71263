/** All that the palette finds: commands that can be given now, every hyperparameter, every example. */
import { hyperparameters } from '../../core/spec/index.ts'
import { type MessageKey, messages, shownLanguage } from '../i18n/index.ts'
import { useApp } from '../stores/app.ts'
import { useHandbook } from '../stores/handbook.ts'
import { useRun } from '../stores/run.ts'
import { examples } from '../views/examples.ts'
import type { Command } from './command.ts'
import { commandWords } from './commands.ts'
import type { Findable } from './palette-search.ts'
import { shortcutText } from './shortcuts.ts'

export interface PaletteItem extends Findable {
  readonly kind: 'command' | 'hyperparameter' | 'example'
  readonly keys: string
  run(): unknown
}

const languages = ['ko', 'en'] as const

/** A message in the language that is shown, then in the other. */
function both(key: MessageKey): readonly string[] {
  const now = shownLanguage()
  return [now, ...languages.filter((one) => one !== now)].map((locale) => messages.global.t(key, {}, { locale }))
}

async function openExample(recipe: unknown): Promise<void> {
  useApp().view = 'lab'
  await useRun().show('lab')
  await useRun().create(recipe)
}

/** The items in their own order; the first of an item's texts is its name in the language that is shown. */
export function paletteItems(commands: readonly Command[]): readonly PaletteItem[] {
  const now = shownLanguage()
  const other = now === 'ko' ? 'en' : 'ko'
  return [
    ...commands
      .filter((entry) => entry.id !== 'palette' && entry.enabled())
      .map((entry) => ({
        id: `command ${entry.id}`,
        kind: 'command' as const,
        texts: [commandWords(entry), ...both(entry.message)],
        keys: entry.shortcuts.map((shortcut) => shortcutText(shortcut))[0] ?? '',
        run: entry.run,
      })),
    ...hyperparameters.map((entry) => ({
      id: `hyperparameter ${entry.path}`,
      kind: 'hyperparameter' as const,
      texts: [entry[now].name, entry[other].name, entry.symbol ?? '', entry.path].filter((text) => text !== ''),
      keys: entry.symbol ?? '',
      run: () => useHandbook().show(entry.path),
    })),
    ...examples.map((example) => ({
      id: `example ${example.id}`,
      kind: 'example' as const,
      texts: both(example.message),
      keys: '',
      run: () => openExample(example.recipe),
    })),
  ]
}
