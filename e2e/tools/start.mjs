/** `npm start`: installs and builds what is missing, then serves the built app and prints its address. */
import { join } from 'node:path'
import { build, Failure, install, root, run } from './fresh.mjs'
import { serve } from './server.mjs'

await run(async () => {
  const asked = portAsked(process.env.PORT)
  install()
  build('app')
  const server = await listen(asked ?? 4173, asked === null ? 50 : 1)
  const end = () => {
    server.close(() => process.exit(0))
    server.closeAllConnections()
  }
  process.once('SIGINT', end)
  process.once('SIGTERM', end)
  // npm that is killed passes no signal on: whoever loses its parent ends.
  const parent = process.ppid
  setInterval(() => process.ppid !== parent && end(), 500).unref()
})

/**
 * The port that somebody asked for; null where nobody did.
 * @param {string | undefined} text
 */
function portAsked(text) {
  if (!text) return null
  const port = Number(text)
  if (!/^\d+$/.test(text) || port < 1 || port > 65_535) throw new Failure(`PORT=${text} is no port: name a whole number from 1 to 65535.`)
  return port
}

/**
 * The first free port wins.
 * @param {number} first
 * @param {number} tries
 */
async function listen(first, tries) {
  for (let port = first; port < first + tries; port++) {
    const server = await serve(join(root, 'dist'), port)
    if (!server) continue
    process.stdout.write(`http://127.0.0.1:${port}/\n`)
    return server
  }
  throw new Failure(
    tries === 1
      ? `Port ${first} is taken: name another one in PORT.`
      : `No port from ${first} to ${first + tries - 1} is free: name one in PORT.`,
  )
}
