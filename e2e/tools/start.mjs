/** `npm start`: installs and builds what is missing, then serves the built app and prints its address. */
import { join } from 'node:path'
import { build, Failure, install, root, run } from './fresh.mjs'
import { serve } from './server.mjs'

await run(async () => {
  install()
  build('app')
  const asked = process.env.PORT
  const server = await listen(asked ? Number(asked) : 4173, asked ? 1 : 50)
  const end = () => {
    server.close(() => process.exit(0))
    server.closeAllConnections()
  }
  process.once('SIGINT', end)
  process.once('SIGTERM', end)
})

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
