/** Text on a canvas does not wait for its font, whose glyph files come when they are first drawn. */

/** Calls `listener` each time that glyphs have arrived; returns what ends this. */
export function onFonts(listener: () => void): () => void {
  document.fonts.addEventListener('loadingdone', listener)
  return () => document.fonts.removeEventListener('loadingdone', listener)
}
