/** Names of files that the page gives away: what, of which recipe, when. */

/** Longest name of a recipe within a file name. */
const longest = 60

/** `circle-loss-2026-11-24.csv`; what file systems refuse becomes a dash, Korean stays as it is (NFC). */
export function fileName(recipe: string, what: string, ending: string, date: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0')
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
  const safe = recipe
    .normalize('NFC')
    .replace(/[\p{Cc}\\/:*?"<>|#%\s]+/gu, '-')
    .replace(/^[-.]+|[-.]+$/g, '')
  const parts = [[...safe].slice(0, longest).join(''), what, day].filter((part) => part !== '')
  return `${parts.join('-')}.${ending}`
}
