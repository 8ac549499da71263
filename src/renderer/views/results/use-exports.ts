/** What can be taken out of the app as it is now, and how. */
import { bridge } from '../../app/bridge.ts'
import { fileName } from '../../exports/file-name.ts'
import { type PictureFormat, type PictureId, pngOf, svgOf } from '../../exports/pictures.ts'
import { saveFile } from '../../exports/save.ts'
import { curveCsv, reportCsv } from '../../exports/tables.ts'
import { useCurve } from '../../stores/curve.ts'
import { useLibrary } from '../../stores/library.ts'
import { useNotices } from '../../stores/notices.ts'
import { useRun } from '../../stores/run.ts'
import { outputNames } from '../output-name.ts'
import { usePictures } from './use-pictures.ts'

const csv = 'text/csv;charset=utf-8'

/** The exports of the run that is shown. */
export function useExports() {
  const run = useRun()
  const curve = useCurve()
  const notices = useNotices()

  const { pictures, onScreen, drawingOf } = usePictures()

  function save(what: string, ending: string, content: Blob): void {
    const name = fileName(useLibrary().currentName, what, ending, new Date())
    saveFile(name, content)
    notices.tell('exports.done', { name })
  }

  async function savePicture(id: PictureId, format: PictureFormat, scale: number): Promise<void> {
    const found = await drawingOf(id)
    const content = found === null ? null : format === 'svg' ? svgOf(found) : await pngOf(found, scale)
    if (content === null) notices.tell('exports.failed')
    else save(format === 'png' && scale > 1 ? `${id}@${scale}x` : id, format, content)
  }
  function saveCurve(): void {
    save('curve', 'csv', new Blob([curveCsv(curve.points)], { type: csv }))
  }
  async function saveReport(): Promise<void> {
    const report = await run.act((id) => bridge().call('run.report', { run: id }))
    if (report === null) return
    const { train } = report
    const count = train.kind === 'classes' ? train.classes.length : train.outputs.length
    save('report', 'csv', new Blob([reportCsv(report, outputNames(count))], { type: csv }))
  }
  const recipeText = (): string => `${JSON.stringify(run.current?.recipe, null, 2)}\n`
  function saveRecipe(): void {
    save('recipe', 'json', new Blob([recipeText()], { type: 'application/json' }))
  }
  /** True when the clipboard took it. */
  async function copyRecipe(): Promise<boolean> {
    try {
      await navigator.clipboard.writeText(recipeText())
      return true
    } catch {
      notices.tell('exports.notCopied')
      return false
    }
  }
  return { pictures, onScreen, savePicture, saveCurve, saveReport, saveRecipe, copyRecipe }
}
