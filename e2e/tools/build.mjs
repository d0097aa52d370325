/** `npm run build`: the app and the command line tool, from scratch. */
import { install, rebuild, run } from './fresh.mjs'

await run(() => {
  install()
  rebuild('app')
  rebuild('cli')
})
