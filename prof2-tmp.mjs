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
const s = await page.context().newCDPSession(page)
await s.send('Profiler.enable'); await s.send('Profiler.setSamplingInterval', { interval: 200 })
await s.send('Profiler.start')
const c0 = await frameCount()
const times = await watching.animationTimes(page, 6000)
const frames = await (await frameCount())-c0
const { profile } = await s.send('Profiler.stop')
const self = new Map(), total = new Map()
const nodes = new Map(profile.nodes.map(n=>[n.id,n]))
const parent = new Map(); for (const n of profile.nodes) for (const c of n.children ?? []) parent.set(c,n.id)
const name = n => `${n.callFrame.functionName||'(anon)'} ${n.callFrame.url.split('/').pop()}:${n.callFrame.lineNumber+1}`
profile.samples.forEach((id,i)=>{ const d=profile.timeDeltas[i]/1000; const n=nodes.get(id); self.set(name(n),(self.get(name(n))??0)+d); const seen=new Set(); for(let k=id;k!==undefined;k=parent.get(k)){const nm=name(nodes.get(k)); if(!seen.has(nm)){seen.add(nm); total.set(nm,(total.get(nm)??0)+d)}} })
console.log('frames/s', frames/6, 'raf', times.length/6, 'p99', watching.quantile(times,.99))
const show=(t,map,n)=>{console.log('--',t,'ms per service frame'); for(const [k,v] of [...map].sort((a,b)=>b[1]-a[1]).slice(0,n)) console.log((v/frames).toFixed(3), k)}
const kids=new Map(); profile.samples.forEach((id,i)=>{const d=profile.timeDeltas[i]/1000; for(let k=id;k!==undefined;k=parent.get(k)){const p=parent.get(k); if(p!==undefined && nodes.get(p).callFrame.functionName==='renderComponentRoot'){const nm=name(nodes.get(k)); kids.set(nm,(kids.get(nm)??0)+d); break}}}); show('renders', kids, 20)
show('self', self, 45); show('total', total, 90)
await browser.close(); await shell.stop()
