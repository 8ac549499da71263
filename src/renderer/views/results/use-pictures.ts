/** Pictures that can be taken out of the app as it is now. */
import { computed } from 'vue'
import { bridge } from '../../app/bridge.ts'
import { drawCurve } from '../../charts/draw-curve.ts'
import { type Drawable, drawables } from '../../charts/drawables.ts'
import { joinedEdits, markOf } from '../../charts/edit-words.ts'
import type { PictureId } from '../../exports/pictures.ts'
import { whole } from '../../i18n/format.ts'
import { shownLanguage, t } from '../../i18n/index.ts'
import { mapNetwork } from '../../map/network.ts'
import { type Palette, readPalette } from '../../map/palette.ts'
import { districtWords } from '../../map/words.ts'
import { useCurve } from '../../stores/curve.ts'
import { useFork } from '../../stores/fork.ts'
import { useLibrary } from '../../stores/library.ts'
import { useResults } from '../../stores/results.ts'
import { useRun } from '../../stores/run.ts'
import { outputNames } from '../output-name.ts'
import { drawMatrix, matrixPictureSize, mostClassesInPicture } from './draw-matrix.ts'
import { drawRidges, ridgePictureSize } from './draw-ridges.ts'
import { heapsOf } from './ridges.ts'

/** Size of a curve's picture at 1x, in px. */
const curveSize = { width: 720, height: 420 } as const

/** The pictures of the run that is shown, and how each is drawn. */
export function usePictures() {
  const run = useRun()
  const curve = useCurve()
  const fork = useFork()

  const classCount = computed(() =>
    run.current?.task === 'classes' ? (run.current.layers.at(-1)?.units ?? 0) : Number.POSITIVE_INFINITY,
  )
  const pictures = computed<readonly PictureId[]>(() => [
    ...[...drawables.keys()].sort(),
    ...(curve.points.count === 0 ? [] : (['loss'] as const)),
    ...(curve.points.count === 0 || run.current?.task !== 'classes' ? [] : (['accuracy'] as const)),
    ...(classCount.value <= mostClassesInPicture ? (['matrix'] as const) : []),
    ...(run.current === null ? [] : (['heaps'] as const)),
  ])
  const titled = (...what: readonly string[]): string => [useLibrary().currentName, ...what].join(' · ')
  const colours = (): Palette => readPalette(document.documentElement)

  function curvePicture(isShare: boolean): Drawable {
    const draw: Drawable['draw'] = (context, ratio) => {
      const picture = {
        ...curveSize,
        points: curve.points,
        beside: curve.beside,
        names: fork.isOpen ? fork.names : (['', ''] as const),
        marks: joinedEdits(curve.marks).map((edit) => markOf(edit, shownLanguage())),
        columns: isShare ? (['trainAccuracy', 'testAccuracy'] as const) : (['trainLoss', 'testLoss'] as const),
        log: !isShare,
        isShare,
        title: titled(t(isShare ? 'results.accuracy' : 'results.loss')),
        palette: colours(),
      }
      drawCurve(context, picture, ratio)
    }
    return { size: () => curveSize, draw }
  }
  async function matrixPicture(): Promise<Drawable | null> {
    const report = await run.act((id) => bridge().call('run.report', { run: id }))
    if (report === null) return null
    const parts = (['train', 'test'] as const).flatMap((part) => {
      const found = report[part]
      return found?.kind === 'classes' ? [{ name: t(`chart.${part}`), report: found }] : []
    })
    const title = titled(t('results.matrix'), t('past.step', { step: whole(report.step) }))
    const picture = { title, parts, names: outputNames(parts[0]?.report.classes.length ?? 0), palette: colours() }
    const draw: Drawable['draw'] = (context, ratio) => drawMatrix(context, picture, ratio)
    return { size: () => matrixPictureSize(picture), draw }
  }
  async function heapPicture(): Promise<Drawable | null> {
    const { layer } = useResults()
    const info = run.current
    const moments = await run.act((id) => bridge().call('run.histograms', { run: id, layer }))
    if (moments === null || info === null) return null
    const sections = (['weights', 'gradients', 'activations'] as const).flatMap((kind) => {
      const heaps = heapsOf(moments, kind)
      return heaps.length === 0 ? [] : [{ name: t(`results.${kind}`), moments: heaps }]
    })
    const layerTitle = districtWords(mapNetwork(info), 'maths', 'bar', t)[layer]?.title ?? ''
    const picture = { title: titled(t('results.heaps'), layerTitle), sections, palette: colours() }
    const draw: Drawable['draw'] = (context, ratio) => drawRidges(context, picture, ratio)
    return { size: () => ridgePictureSize(picture), draw }
  }

  /** What is on screen now as a drawing; null for what is counted first. */
  const onScreen = (id: PictureId): Drawable | null =>
    id === 'map' || id === 'surface' ? (drawables.get(id) ?? null) : null

  /** The drawing of a picture, with the numbers that it needs. */
  async function drawingOf(id: PictureId): Promise<Drawable | null> {
    if (id === 'matrix') return matrixPicture()
    if (id === 'heaps') return heapPicture()
    return id === 'loss' || id === 'accuracy' ? curvePicture(id === 'accuracy') : onScreen(id)
  }

  return { pictures, onScreen, drawingOf }
}
