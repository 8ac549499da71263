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
const shell = await startWebShell()
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


const r = await page.evaluate(() => { const all=[...document.querySelectorAll('*')]; const c={}; const by=(k)=>{c[k]=(c[k]??0)+1}; for(const e of all){ const st=getComputedStyle(e); if(st.overflow!=='visible') by('overflow '+e.tagName+'.'+e.className); if(st.clipPath!=='none'||st.clip!=='auto') by('clip '+e.tagName+'.'+e.className); if(st.contentVisibility!=='visible') by('cv '+e.tagName+'.'+e.className); if(st.position==='sticky'||st.willChange!=='auto'||st.transform!=='none'||st.opacity!=='1') by('comp '+e.tagName+'.'+e.className+' '+st.willChange+st.transform+st.opacity)} return [all.length, Object.entries(c).sort((a,b)=>b[1]-a[1]).slice(0,40)] })
console.log(r[0]); for (const x of r[1]) console.log(x[1], x[0])
await browser.close(); await shell.stop(); process.exit()
