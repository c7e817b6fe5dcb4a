// Pictures of the demo market's main pages in both languages, widths and colours, for people to look at: `npm run shots`.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { enterByPassword } from './lib/deeds.mjs'
import { open, out } from './lib/market.mjs'
import { browser, visitor } from './lib/person.mjs'

const market = await open({ name: 'shots', empty: false })
const chromium = await browser()
mkdirSync(join(out, 'shots'), { recursive: true })
const told = market.told()
const password = /password: ([^)]+)\)/.exec(told)?.[1]
const logins = [...told.matchAll(/^\s+(\S+@\S+)\s.*· (.*)$/gm)].map(([, email, role]) => ({ email, role }))
const first = (word) => logins.find((one) => one.role.includes(word)).email

/** Logs in, and reads in the language of the picture: an account has one of its own. */
async function come(p, email) {
  await enterByPassword(p, email, password)
  await p.speak()
}

/** The first address on `from` that looks like `pattern`. */
async function find(p, from, pattern) {
  await p.page.goto(from)
  const links = await p.main.locator('a[href^="/"]').evaluateAll((all) => all.map((a) => a.getAttribute('href')))
  return links.find((one) => pattern.test(one))
}

const looks = [
  { lang: 'zh-CN', size: 'wide', dark: false },
  { lang: 'zh-CN', size: 'phone', dark: false },
  { lang: 'en', size: 'wide', dark: true },
  { lang: 'en', size: 'phone', dark: true },
]
try {
  for (const look of looks) {
    const name = `${look.lang}-${look.size}-${look.dark ? 'dark' : 'light'}`
    const shoot = async (p, what, path) => {
      if (!path) return console.log(`nothing to show for ${what}`)
      await p.page.goto(path)
      await p.shot(`shots/${what}-${name}`)
    }
    const client = await visitor(chromium, market, { name: 'client', ...look })
    await shoot(client, 'home', '/')
    await shoot(client, 'browse', '/requests')
    await come(client, first('client'))
    await shoot(client, 'me', '/me')
    await shoot(client, 'post', '/requests/new')
    await client.page.goto('/me/requests')
    const own = await client.main.locator('.result-title a').evaluateAll((all) => all.map((a) => a.getAttribute('href')))
    for (const href of own) {
      const compare = await find(client, href, /\/bids$/)
      if (!compare) continue
      await shoot(client, 'request', href)
      await shoot(client, 'compare', compare)
      const award = await find(client, compare, /\/award/)
      if (award) {
        await shoot(client, 'award', award)
        break
      }
    }
    const order = await find(client, '/orders', /^\/orders\/[^?]+$/)
    await shoot(client, 'workroom', order)
    await shoot(client, 'contract', order && (await find(client, order, /^\/contracts\//)))
    await shoot(client, 'person', order && (await find(client, order, /^\/people\//)))
    await shoot(client, 'threads', '/threads')
    await shoot(client, 'notifications', '/notifications')
    const provider = await visitor(chromium, market, { name: 'provider', ...look })
    await come(provider, first('provider'))
    await shoot(provider, 'statement', '/statement')
    await shoot(provider, 'orders', '/orders')
    const operator = await visitor(chromium, market, { name: 'operator', ...look })
    await come(operator, first('operator'))
    for (const what of ['', '/inspections', '/orders', '/ledger', '/jobs', '/events', '/audit']) await shoot(operator, `watch${what.replace('/', '-')}`, `/watch${what}`)
    for (const p of [client, provider, operator]) await p.context.close()
  }
} finally {
  await chromium.close()
  await market.close()
}
