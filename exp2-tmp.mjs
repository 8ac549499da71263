import { readFileSync, readdirSync } from 'node:fs'
process.env.CHROME_PATH = '/usr/bin/chromium'
const { launchBrowser } = await import('./test/support/pages.ts')
const { startWebShell } = await import('./test/support/shells.ts')
const watching = await import('./test/support/watching.ts')
const { words } = await import('./test/support/words.ts')
const view = process.argv[2] ?? 'lab'
const which = process.argv.slice(3)
const file = readdirSync('out/renderer/assets').find(f=>/^index-.*\.js$/.test(f))
let code = readFileSync('out/renderer/assets/'+file,'utf8')
const stub = (re, n=1) => { let k=0; code = code.replace(re, m => { k++; return m + (typeof n==='string'?n:'\n{window.__n=(window.__n??0)+1; if (performance.now()>8000) return;}\n') }); if(!k) throw new Error('no '+re) }
const E = {
  base(){},
  nomap(){ stub(/function drawMap\(context, scene\) \{/) },
  nostops(){ stub(/function drawStops\(context, scene\) \{/) },
  noroutes(){ stub(/function drawRoutes\(context, scene\) \{/) },
  noplates(){ stub(/function drawPlates\(context, scene\) \{/) },
  nodistricts(){ stub(/function drawDistricts\(context, scene\) \{/) },
  nolabel(){ stub(/function labelHeat\(context, scene, stop, layer\) \{/); stub(/function drawBias\([^)]*\) \{/) },
  nosurface(){ stub(/function paintSurface\([^)]*\) \{/) ; stub(/function paintOn\(context, ratio, colours\) \{/)},
  nofont(){ stub(/function writeText\([^)]*\) \{/, '\nif (performance.now()>8000) return 10;\n') },
  nodom(){ stub(/function patchElement\b|const patchElement = \([^)]*\) => \{/) },
  nochart(){ code = code.replace(/\n\tupdate\(mode\) \{/g, m => m + '\nif (performance.now()>8000) return;\n') },
}
for (const w of which) E[w]()
process.env.NODE_OPTIONS='--cpu-prof --cpu-prof-dir=/tmp/cp'; const shell = await startWebShell(); delete process.env.NODE_OPTIONS
const browser = await launchBrowser()
const client = await watching.connectClient(shell.address)
const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, locale: 'ko-KR' })
await page.route('**/'+file, r => r.fulfill({ body: code, contentType: 'text/javascript' }))
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
await page.waitForFunction(() => performance.now() > 9000, null, {polling: 500})
const secs = 5
await browser.startTracing(page, { categories: ['toplevel','devtools.timeline','cc','blink',...(process.env.TASKS?['v8','disabled-by-default-v8.gc']:[])] })
const c0 = await frameCount()
const times = await watching.animationTimes(page, secs*1000)
const frames = await (await frameCount())-c0
const trace = JSON.parse((await browser.stopTracing()).toString())
const names = new Map(), procs = new Map()
for (const e of trace.traceEvents) { if (e.name==='thread_name') names.set(e.pid+':'+e.tid, e.args.name); if (e.name==='process_name') procs.set(e.pid, e.args.name) }
const acc = new Map(); const bm=[]
for (const e of trace.traceEvents) { if (e.ph!=='X') continue
  const k = names.get(e.pid+':'+e.tid)
  const id = k==='CrRendererMain'? e.name : /RunTask$/.test(e.name) ? k+'.RunTask' : null
  if (!id) continue
  if (id==='ProxyMain::BeginMainFrame') bm.push(e.tdur/1000)
  const r = acc.get(id)??[0,0]; r[0]+=e.tdur??0; r[1]+=e.dur; acc.set(id,r) }
const f = n => { const r=acc.get(n)??[0,0]; return (r[0]/1000/times.length).toFixed(2)+'/'+(r[1]/1000/times.length).toFixed(2) }
if (process.env.TASKS) {
 const main = trace.traceEvents.filter(e=>e.ph==='X'&&names.get(e.pid+':'+e.tid)==='CrRendererMain').sort((a,b)=>a.ts-b.ts||b.dur-a.dur)
 const tops = main.filter(e=>/RunTask$/.test(e.name)).sort((a,b)=>b.dur-a.dur).slice(0,14)
 for (const t of tops) { console.log('TASK', (t.dur/1000).toFixed(1), 'cpu', (t.tdur/1000).toFixed(1)); for (const e of main) if (e!==t&&e.ts>=t.ts&&e.ts+e.dur<=t.ts+t.dur+1&&e.dur>2500) console.log('      ', (e.dur/1000).toFixed(1), (e.tdur/1000).toFixed(1), e.name, e.name==='FunctionCall'?e.args?.data?.functionName+':'+e.args?.data?.lineNumber:'') }
}
if (process.env.HEAVY) {
 const main = trace.traceEvents.filter(e=>e.ph==='X'&&names.get(e.pid+':'+e.tid)==='CrRendererMain').sort((a,b)=>a.ts-b.ts)
 const frames = main.filter(e=>e.name==='ProxyMain::BeginMainFrame')
 const heavy = [...frames].sort((a,b)=>b.tdur-a.tdur)
 const pick = process.env.HEAVY==='all'?frames:heavy.slice(0, Math.floor(frames.length*.1))
 const tot=new Map()
 for(const f of pick){ for(const e of main) if(e.ts>=f.ts&&e.ts<=f.ts+f.dur){ const key=e.name+(e.name==='FunctionCall'?':'+(e.args?.data?.functionName)+':'+e.args?.data?.lineNumber:''); const r=tot.get(key)??[0,0]; r[0]+=e.tdur??0; r[1]++; tot.set(key,r) } }
 for(const [n,[c,k]] of [...tot].sort((a,b)=>b[1][0]-a[1][0]).slice(0,28)) console.log('   ',(c/1000/pick.length).toFixed(2), (k/pick.length).toFixed(1), n)
 // gaps
 const tops = main.filter(e=>/RunTask$/.test(e.name))
 let gaps=0; const causes=new Map()
 for(let i=1;i<frames.length;i++){ const g=(frames[i].ts-frames[i-1].ts)/1000; if(g>25){gaps++; let cpu=0,wall=0; for(const t of tops) if(t.ts>=frames[i-1].ts-100&&t.ts<frames[i].ts-100){cpu+=t.tdur/1000; wall+=t.dur/1000}; console.log('   gap',g.toFixed(1),'main cpu',cpu.toFixed(1),'wall',wall.toFixed(1),'bmf cpu',(frames[i-1].tdur/1000).toFixed(1),'wall',(frames[i-1].dur/1000).toFixed(1)) } }
}
bm.sort((a,b)=>a-b)
console.log((which.join('+')||'base').padEnd(26), 'fps', (frames/secs).toFixed(0), 'raf', (times.length/secs).toFixed(0), 'p50', watching.quantile(times,.5).toFixed(1),'p90', watching.quantile(times,.9).toFixed(1), 'p99', watching.quantile(times,.99).toFixed(1),
 '| per raf cpu/wall: main', f('ThreadControllerImpl::RunTask'), 'BMF', f('ProxyMain::BeginMainFrame'), 'anim', f('PageAnimator::serviceScriptedAnimations'), 'life', f('WebFrameWidgetImpl::UpdateLifecycle'), 'paint', f('Paint'), 'layerize', f('Layerize'), 'layers', f('LayerTreeHost::DoUpdateLayers'), 'viz', f('VizCompositorThread.RunTask'), 'comp', f('Compositor.RunTask'), 'pool', f('ThreadPoolForegroundWorker.RunTask'), 'BMFcpu p50', bm[bm.length>>1]?.toFixed(1), 'p99', bm[Math.floor(bm.length*.99)]?.toFixed(1))
await browser.close(); await shell.stop()
