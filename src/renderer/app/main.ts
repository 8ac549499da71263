/** Starts the page: finds the services, then shows the window. */
import 'pretendard/dist/web/variable/pretendardvariable-dynamic-subset.css'
import 'element-plus/theme-chalk/base.css'
import 'element-plus/theme-chalk/el-dialog.css'
import 'element-plus/theme-chalk/el-dropdown.css'
import 'element-plus/theme-chalk/el-dropdown-item.css'
import 'element-plus/theme-chalk/el-dropdown-menu.css'
import 'element-plus/theme-chalk/el-option.css'
import 'element-plus/theme-chalk/el-overlay.css'
import 'element-plus/theme-chalk/el-popper.css'
import 'element-plus/theme-chalk/el-segmented.css'
import 'element-plus/theme-chalk/el-select.css'
import 'element-plus/theme-chalk/el-slider.css'
import 'element-plus/theme-chalk/el-switch.css'
import 'element-plus/theme-chalk/el-tooltip.css'
import '../styles/tokens.css'
import '../styles/base.css'
import '../styles/controls.css'
import '../styles/element.css'
import '../styles/forced-colors.css'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import { messages } from '../i18n/index.ts'
import { useApp } from '../stores/app.ts'
import { useFrame } from '../stores/frame.ts'
import { asFault } from '../stores/notices.ts'
import App from './App.vue'
import { connect, provideBridge } from './bridge.ts'
import { hearEvents } from './events.ts'
import StartFailed from './StartFailed.vue'

async function start(): Promise<void> {
  const pinia = createPinia()
  try {
    const link = await connect((open) => {
      useApp(pinia).linked = open
    })
    provideBridge(link)
    await useApp(pinia).start()
    hearEvents(link)
    useFrame(pinia).start()
    createApp(App).use(pinia).use(messages).mount('#app')
  } catch (error) {
    createApp(StartFailed, { fault: asFault(error) })
      .use(pinia)
      .use(messages)
      .mount('#app')
  }
}

void start()
