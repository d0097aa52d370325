/** `node e2e/tools/icons.mjs`: the icons of the installed app, painted from `public/favicon.svg` by Chromium. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium as browsers } from 'playwright'
import { chromium, flags } from './chromium.mjs'
import { Failure, root, run } from './fresh.mjs'

const svg = readFileSync(join(root, 'public/favicon.svg'), 'utf8')
/** A mask may cut off all but the middle four fifths: the ground goes to the edges, and the drawing becomes smaller. */
const maskable = svg
  .replace(' rx="7"', '')
  .replace(/(<path[\s\S]*)(<\/svg>)/, '<g transform="translate(16 16) scale(.78) translate(-16 -16)">$1</g>$2')

await run(async () => {
  const found = await chromium()
  if ('missing' in found) throw new Failure(found.missing)
  const browser = await browsers.launch({ executablePath: found.path, args: flags })
  for (const { name, size, picture } of [
    { name: 'icon-192', size: 192, picture: svg },
    { name: 'icon-512', size: 512, picture: svg },
    { name: 'icon-maskable-512', size: 512, picture: maskable },
  ]) {
    const page = await browser.newPage({ viewport: { width: size, height: size } })
    await page.setContent(`<style>body{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${picture}`)
    await page.screenshot({ path: join(root, `public/${name}.png`), omitBackground: true })
  }
  await browser.close()
})
