/** What is on screen and can be drawn once more, larger or as vectors. */
import { onMounted, onUnmounted, shallowReactive } from 'vue'

export type DrawableId = 'map' | 'surface'

export interface Drawable {
  /** In px of the page. */
  size(): { readonly width: number; readonly height: number }
  /** Draws all of it, `ratio` pixels of the context a px; sets the transform itself. */
  draw(context: CanvasRenderingContext2D, ratio: number): void
}

/** Those that are mounted now. */
export const drawables: Map<DrawableId, Drawable> = shallowReactive(new Map())

/** Offers a drawing for as long as its component lives. */
export function useDrawable(id: DrawableId, drawable: Drawable): void {
  onMounted(() => drawables.set(id, drawable))
  onUnmounted(() => {
    if (drawables.get(id) === drawable) drawables.delete(id)
  })
}
