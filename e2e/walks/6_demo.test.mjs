// The demo market with its cast: every page one can reach by links, as each kind of person, opens without a fault.
import assert from 'node:assert/strict'
import { enterByPassword } from '../lib/deeds.mjs'
import { walk } from '../lib/walk.mjs'

/** One address for each kind of page: ids and queries do not make a new kind. */
const kind = (href) => href.replace(/[?#].*$/, '').replace(/\/[0-9A-Z]{11,13}(?=\/|$)/gi, '/ID')

/** Follows links until there are `each` of every kind, and returns what was seen. */
async function roam(p, starts, each = 2) {
  const seen = new Map()
  const done = new Set()
  const next = [...starts]
  while (next.length > 0) {
    const href = next.shift()
    const name = kind(href)
    const count = seen.get(name) ?? 0
    if (done.has(href) || count >= each) continue
    done.add(href)
    seen.set(name, count + 1)
    await p.go(href)
    const links = await p.main.locator('a[href^="/"]').evaluateAll((all) => all.map((a) => a.getAttribute('href')))
    next.push(...links.filter((one) => !one.startsWith('/files/') && !one.endsWith('/page') && !one.endsWith('/thread')))
  }
  return seen
}

walk('The demo market', { name: 'demo', empty: false }, async ({ market, visit, step }) => {
  const told = market.told()
  const password = /password: ([^)]+)\)/.exec(told)?.[1]
  const logins = [...told.matchAll(/^\s+(\S+@\S+)\s.*· (.*)$/gm)].map(([, email, role]) => ({ email, role }))
  const first = (word) => logins.find((one) => one.role.includes(word))?.email
  assert.ok(password && first('client') && first('provider') && first('operator'), told)

  await step('as a visitor', async () => {
    const p = await visit({ name: 'visitor' })
    const seen = await roam(p, ['/', '/requests', '/styleguide', '/legal/terms', '/legal/privacy', '/legal/trading-rules', '/demo/outbox', '/demo/clock', '/login', '/signup', '/reset'])
    for (const name of ['/requests/ID', '/people/ID']) assert.ok(seen.has(name), `${name} is not linked`)
  })
  for (const [word, lang] of [['client', 'zh-CN'], ['provider', 'en']]) {
    await step(`as a ${word}`, async () => {
      const p = await visit({ name: word, lang })
      await enterByPassword(p, first(word), password)
      await p.speak()
      const seen = await roam(p, ['/me', '/orders', '/me/requests', '/me/bids', '/statement', '/threads', '/notifications', '/sessions', '/me/settings', '/requests/new'], 3)
      for (const name of ['/orders/ID', '/contracts/ID']) assert.ok(seen.has(name), `${name} is not linked`)
    })
  }
  await step('as the operator', async () => {
    const p = await visit({ name: 'operator' })
    await enterByPassword(p, first('operator'), password)
    const seen = await roam(p, ['/watch', '/watch/orders', '/watch/ledger', '/watch/jobs', '/watch/events', '/watch/audit'])
    assert.ok(seen.has('/watch/orders/ID'))
  })
  await step('on a phone', async () => {
    const p = await visit({ name: 'phone', size: 'phone' })
    await enterByPassword(p, first('client'), password)
    await roam(p, ['/', '/me', '/orders', '/requests', '/statement', '/threads', '/notifications'], 1)
  })
  await step('the books are whole', async () => {
    assert.match((await market.doctor()).stdout, /whole/)
  })
})
