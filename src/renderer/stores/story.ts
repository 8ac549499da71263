/** Which page of the story is open, and what the learner has done so far. */
import { defineStore } from 'pinia'
import { ref, watch } from 'vue'
import { useFrame } from './frame.ts'
import { useRun } from './run.ts'
import { useSelection } from './selection.ts'
import { useTeaching } from './teaching.ts'

/** Pages of the story: teach by hand, change the sentences, ride what was learned. */
export const storyPages = ['teach', 'sentences', 'ride'] as const
export type StoryPage = (typeof storyPages)[number]

/** What there is to do, in order. */
export const storyTasks = ['ask', 'praise', 'look', 'trainer', 'sentences', 'ride'] as const
export type StoryTask = (typeof storyTasks)[number]

export const useStory = defineStore('story', () => {
  const run = useRun()
  const frame = useFrame()
  const selection = useSelection()
  const teaching = useTeaching()
  const page = ref<StoryPage>('teach')
  const done = ref<ReadonlySet<StoryTask>>(new Set())

  /** Notes that something was done. */
  function did(task: StoryTask): void {
    if (!done.value.has(task)) done.value = new Set([...done.value, task])
  }

  /** On to the next page. */
  function forth(): void {
    page.value = storyPages[storyPages.indexOf(page.value) + 1] ?? page.value
  }

  watch(
    () => [teaching.said, teaching.presses, selection.selected, frame.status],
    () => {
      if (run.slot !== 'story') return
      if (teaching.said !== null) did('ask')
      if (teaching.presses > 0) did('praise')
      if (selection.selected !== null) did('look')
      if (frame.status === 'running') did('trainer')
    },
  )

  return { page, done, did, forth }
})
