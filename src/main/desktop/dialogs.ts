/** The system's dialogs. A path that a person chose here stays on this side; the page never sees it. */
import { BrowserWindow, dialog } from 'electron'

/** Asks for a model file; null when cancelled. `startFolder` is where the dialog opens. */
export async function chooseModel(startFolder: string): Promise<string | null> {
  const options: Electron.OpenDialogOptions = {
    defaultPath: startFolder,
    properties: ['openFile'],
    filters: [{ name: 'safetensors', extensions: ['safetensors'] }],
  }
  const window = BrowserWindow.getFocusedWindow()
  const { canceled, filePaths } = await (window === null
    ? dialog.showOpenDialog(options)
    : dialog.showOpenDialog(window, options))
  return canceled ? null : (filePaths[0] ?? null)
}
