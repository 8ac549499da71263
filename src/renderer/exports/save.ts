/** Gives a file to the person: the browser's download; the desktop shell asks where it should go. */

/** How long the address of a file stays valid: the shell may ask first. */
const keptMs = 60_000

/** Offers the bytes or text under a name. */
export function saveFile(name: string, content: Blob): void {
  const address = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), keptMs)
}
