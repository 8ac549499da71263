/** What a command is: its name, its keys, when it can be done, and what it does. */
import type { MessageKey } from '../i18n/index.ts'
import { useApp } from '../stores/app.ts'
import { useRun } from '../stores/run.ts'

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

/** Whether a run is in sight. */
export const onRun = (): boolean => useRun().current !== null && ['story', 'lab'].includes(useApp().view)
