/** The page of hyperparameters: what is sought there, and the way to one of them. */
import { defineStore } from 'pinia'
import { ref } from 'vue'
import { useApp } from './app.ts'

export const useHandbook = defineStore('handbook', () => {
  const query = ref('')
  /** Path of the entry to be shown first; null for none. */
  const sought = ref<string | null>(null)

  /** Opens the page at an entry of the table. */
  function show(path: string): void {
    query.value = ''
    sought.value = path
    useApp().view = 'hyperparameters'
  }
  return { query, sought, show }
})
