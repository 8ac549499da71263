/** Names of the messages between the preload and the desktop shell. */
export const channels = {
  /** (name, argument) -> { answer } or { fault } */
  call: 'paramap:call',
  /** { run, lens } */
  watch: 'paramap:watch',
  /** ArrayBuffer */
  frame: 'paramap:frame',
  /** AppEvent */
  event: 'paramap:event',
} as const
