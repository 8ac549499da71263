/** The app's colours, read from its style sheet, so that the picture has the same. */

/** Colours by name without dashes, one map a theme. */
export interface Tokens {
  readonly light: ReadonlyMap<string, string>
  readonly dark: ReadonlyMap<string, string>
}

function block(css: string, theme: string): ReadonlyMap<string, string> {
  const start = css.indexOf(`[data-theme="${theme}"] {`)
  if (start < 0) throw new Error(`tokens: no block for the theme ${theme}`)
  const body = css.slice(start, css.indexOf('}', start))
  const found = body.matchAll(/--([\w-]+):\s*(#[0-9a-f]{3,8});/gi)
  return new Map([...found].map(([, name = '', colour = '']) => [name, colour]))
}

/** Hexadecimal colours of both themes. */
export function readTokens(css: string): Tokens {
  return { light: block(css, 'light'), dark: block(css, 'dark') }
}
