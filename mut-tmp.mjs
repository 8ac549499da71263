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

const muts = await page.evaluate(() => new Promise((done) => {
  const counts = {}
  const path = (n) => { let e = n.nodeType===1?n:n.parentElement; const out=[]; for(let k=0;k<4&&e;k++,e=e.parentElement) out.unshift(e.tagName.toLowerCase()+(e.className&&e.className.baseVal===undefined?'.'+String(e.className).split(' ').slice(0,2).join('.'):'')); return out.join('>') }
  const o = new MutationObserver((list)=>{ for(const m of list){ const k=m.type+':'+(m.attributeName??'')+' '+path(m.target); counts[k]=(counts[k]??0)+1 } })
  o.observe(document, {subtree:true, childList:true, attributes:true, characterData:true})
  setTimeout(()=>{o.disconnect(); done(Object.entries(counts).sort((a,b)=>b[1]-a[1]).slice(0,45))}, 3000)
}))
for (const [k,v] of muts) console.log((v/3).toFixed(1).padStart(7)+'/s', k)
await browser.close(); await shell.stop(); process.exit()
