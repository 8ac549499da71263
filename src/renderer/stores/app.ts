/** What concerns the whole window: shell, settings, language, theme, the view that is open. */
import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import type { AppInfo, Language, Settings } from '../../shared/protocol.ts'
import { bridge } from '../app/bridge.ts'
import { showLanguage } from '../i18n/index.ts'
import { useNotices } from './notices.ts'

export const views = ['story', 'lab', 'hyperparameters', 'library'] as const
export type View = (typeof views)[number]

const viewKey = 'paramap.view'

function firstView(): View {
  const stored = sessionStorage.getItem(viewKey)
  return views.find((view) => view === stored) ?? 'story'
}

export const useApp = defineStore('app', () => {
  const info = shallowRef<AppInfo | null>(null)
  const settings = shallowRef<Settings>({
    language: 'system',
    theme: 'system',
    letterKeys: true,
    mapMode: 'plain',
    mapLines: 'weights',
    mapStops: 'weights',
  })
  const view = ref<View>(firstView())
  /** False while the connection to the services is down. */
  const linked = ref(true)
  const shortcutsShown = ref(false)
  const saveShown = ref(false)
  const exportShown = ref(false)
  const forkShown = ref(false)
  const paintShown = ref(false)
  const paletteShown = ref(false)

  const darkSystem = window.matchMedia('(prefers-color-scheme: dark)')
  const systemIsDark = ref(darkSystem.matches)
  darkSystem.addEventListener('change', (event) => {
    systemIsDark.value = event.matches
  })

  /** In the browser its own language says more than that of the computer that serves the page. */
  function systemLanguage(): Language {
    if (info.value?.shell === 'desktop') return info.value.systemLanguage
    return navigator.language.toLowerCase().startsWith('ko') ? 'ko' : 'en'
  }
  const language = computed<Language>(() => {
    const chosen = settings.value.language
    return chosen === 'system' ? systemLanguage() : chosen
  })
  const theme = computed<'light' | 'dark'>(() => {
    const chosen = settings.value.theme
    return chosen === 'system' ? (systemIsDark.value ? 'dark' : 'light') : chosen
  })

  watch(language, (next) => showLanguage(next), { immediate: true })
  watch(
    theme,
    (next) => {
      document.documentElement.dataset.theme = next
      document.documentElement.classList.toggle('dark', next === 'dark')
    },
    { immediate: true },
  )
  watch(view, (next) => sessionStorage.setItem(viewKey, next))

  async function start(): Promise<void> {
    info.value = await bridge().call('app.info', null)
    settings.value = info.value.settings
  }

  /** Shows a setting at once and keeps it; a refusal puts the old one back. */
  async function set(change: Partial<Settings>): Promise<void> {
    const before = settings.value
    settings.value = { ...before, ...change }
    try {
      settings.value = await bridge().call('settings.set', change)
    } catch (error) {
      settings.value = before
      useNotices().report(error)
    }
  }

  return {
    info,
    settings,
    view,
    linked,
    shortcutsShown,
    saveShown,
    exportShown,
    forkShown,
    paintShown,
    paletteShown,
    language,
    theme,
    start,
    set,
  }
})
