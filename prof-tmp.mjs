import { writeFileSync } from 'node:fs'
process.env.CHROME_PATH = '/usr/bin/chromium'
const { launchBrowser } = await import('./test/support/pages.ts')
const { startWebShell } = await import('./test/support/shells.ts')
const watching = await import('./test/support/watching.ts')
const { words } = await import('./test/support/words.ts')
const view = process.argv[2] ?? 'lab'
const shell = await startWebShell()
const browser = await launchBrowser()
const client = await watching.connectClient(shell.address)
const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, locale: 'ko-KR' })
const frameCount = await watching.countFrames(page)
await page.goto(shell.address)
await page.getByRole('link', { name: words.ko.app.lab, exact: true }).click()
let run = await watching.shownRun(page, 'lab')
const m = /^(\d+)x(\d+)$/.exec(view)
if (m) {
  const { circleRecipe } = await import('./src/core/spec/index.ts')
  const network = Array.from({ length: +m[1] }, () => ({ layer: 'dense', units: +m[2], activation: 'tanh' }))
  const training = { ...circleRecipe.training, optimizer: { name: 'adam', learningRate: 0.0001 } }
  const made = await client.call('run.create', { recipe: { ...circleRecipe, network, training } })
  run = made.answer.run
  await page.evaluate((r) => sessionStorage.setItem('paramap.run.lab', r), run)
  await page.reload()
  await page.locator('.route-map canvas').waitFor()
}
await watching.unlimit(client, run)
await watching.trainFromStart(client, run)
await page.waitForTimeout(3000)
const secs = 6
await browser.startTracing(page, { categories: ['toplevel','devtools.timeline','disabled-by-default-devtools.timeline.frame','cc','viz','blink','disabled-by-default-v8.cpu_profiler','v8'] })
const c0 = await frameCount()
const times = await watching.animationTimes(page, secs*1000)
const frames = await (await frameCount())-c0
const trace = JSON.parse((await browser.stopTracing()).toString())
writeFileSync('/tmp/perf/trace.json', JSON.stringify(trace))
const names = new Map()
for (const e of trace.traceEvents) if (e.name==='thread_name') names.set(e.pid+':'+e.tid, e.args.name)
const procs = new Map()
for (const e of trace.traceEvents) if (e.name==='process_name') procs.set(e.pid, e.args.name)
const byThread = new Map()
for (const e of trace.traceEvents) {
  if (e.ph!=='X') continue
  const k = procs.get(e.pid)+'/'+names.get(e.pid+':'+e.tid)
  const t = byThread.get(k) ?? new Map(); byThread.set(k,t)
  const r = t.get(e.name) ?? [0,0,0]; r[0]++; r[1]+=e.dur??0; r[2]+=e.tdur??0; t.set(e.name,r)
}
console.log('frames', frames/secs,'/s  raf', times.length/secs, 'median', watching.quantile(times,.5), 'p99', watching.quantile(times,.99))
for (const [k,t] of byThread) {
  const rows=[...t].sort((a,b)=>b[1][1]-a[1][1]).slice(0,28)
  const tot = rows.find(([n])=>/RunTask/.test(n))
  if (!rows.length || rows[0][1][1] < 200000) continue
  console.log('==',k)
  for (const [n,[c,d,td]] of rows) if (d>20000*1) console.log(n.padEnd(50), c, 'wall/frame', (d/1000/frames).toFixed(2), 'cpu/frame', (td/1000/frames).toFixed(2))
}
await browser.close(); await shell.stop()
