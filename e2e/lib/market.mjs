// A market of its own for each walk: a folder, two free ports, the program, and its sandbox gateway.
import { execFile, spawn } from 'node:child_process'
import { createWriteStream, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const here = fileURLToPath(new URL('..', import.meta.url))
export const out = join(here, 'out')
const program = resolve(process.env.JIEDAN ?? join(here, '../target/debug/jiedan'))
const run = promisify(execFile)

// Walks do in seconds what people do in days, and all from one address.
const settings = `
[limits]
login_per_minute = 6000
post_per_minute = 6000
upload_per_minute = 6000
read_per_minute = 60000
`

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((ready) => server.once('listening', ready))
  const { port } = server.address()
  await new Promise((closed) => server.close(closed))
  return port
}

/** Waits until `look` gives something; the error says what was waited for. */
export async function until(what, look, seconds = 20) {
  const end = Date.now() + seconds * 1000
  for (;;) {
    const found = await look()
    if (found) return found
    if (Date.now() > end) throw new Error(`waited ${seconds} s for ${what}`)
    await new Promise((later) => setTimeout(later, 50))
  }
}

/** Opens a market; `empty` leaves out the demo's cast. */
export async function open({ name, empty = true, database }) {
  mkdirSync(out, { recursive: true })
  const folder = mkdtempSync(join(tmpdir(), 'jiedan-walk-'))
  const data = join(folder, 'data')
  const [port, sandbox] = [await freePort(), await freePort()]
  const config = join(folder, 'walk.toml')
  writeFileSync(config, settings)
  const source = ['--config', config, '--data', data, ...(database ? ['--database', database] : [])]
  const env = { ...process.env, JIEDAN_SANDBOX_URL: `http://127.0.0.1:${sandbox}` }
  const args = ['demo', ...(empty ? ['--empty'] : []), ...source, '--listen', `127.0.0.1:${port}`]
  const log = createWriteStream(join(out, `market-${name}.log`))
  const child = spawn(program, args, { env, cwd: folder })
  const told = []
  for (const stream of [child.stdout, child.stderr]) {
    stream.pipe(log)
    stream.on('data', (bytes) => told.push(String(bytes)))
  }
  const ended = new Promise((done) => child.once('exit', done))
  const market = {
    url: `http://127.0.0.1:${port}`,
    sandbox: env.JIEDAN_SANDBOX_URL,
    data,
    told: () => told.join(''),
    grant: (login) => run(program, ['staff', 'grant', ...source, login], { env, cwd: folder }),
    doctor: () => run(program, ['doctor', ...source], { env, cwd: folder }),
    code: (to) => newestCode(market, to),
    seen: new Map(),
    async close() {
      child.kill('SIGTERM')
      const late = setTimeout(() => child.kill('SIGKILL'), 10_000)
      await ended
      clearTimeout(late)
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
  const opened = until('the market to open', async () => {
    if (child.exitCode !== null) throw new Error(`the market did not open:\n${market.told()}`)
    const answer = await fetch(market.url, { redirect: 'manual' }).catch(() => undefined)
    return answer?.ok
  }, 90)
  await opened.catch(async (error) => {
    await market.close()
    throw error
  })
  return market
}

/** The letters of the outbox to somebody, newest first. */
export async function letters(market, to) {
  const answer = await fetch(`${market.url}/demo/outbox?to=${encodeURIComponent(to)}`)
  const page = await answer.text()
  return [...page.matchAll(/<article class="card letter">([\s\S]*?)<\/article>/g)].map((found) => found[1])
}

// A code that was not given out before: the letter is written a moment after the form was sent.
async function newestCode(market, to) {
  const code = await until(`a code for ${to}`, async () => {
    const bodies = (await letters(market, to)).map((letter) => letter.split('letter-body')[1] ?? '')
    const found = bodies.map((body) => /(?<!\d)\d{6}(?!\d)/.exec(body)?.[0])
    const newest = found.find(Boolean)
    return newest !== market.seen.get(to) && newest
  })
  market.seen.set(to, code)
  return code
}
