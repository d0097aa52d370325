/** `npm run -s egress -- ...`: the command line tool as the sources have it now. */
import { pathToFileURL } from 'node:url'
import { build, install, made, run } from './fresh.mjs'

await run(async () => {
  install()
  build('cli')
  await import(pathToFileURL(made('cli')).href)
})
