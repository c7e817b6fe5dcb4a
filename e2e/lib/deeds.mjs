// What people do in a market, one function each. Every deed ends by seeing that it worked.
import assert from 'node:assert/strict'

export const yuan = (amount) => `¥${Number(amount).toLocaleString('en-US', { minimumFractionDigits: 2 })}`

/** Joins with an e-mail address or a phone number; the code is read from the outbox. */
export async function join(p, { to, called, password }) {
  p.to = to
  p.called = called
  await p.go('/signup')
  await p.fill({ 'account-to': to })
  await p.send(p.t('account-send-code'))
  await p.fill({ 'account-code': await p.market.code(to), 'account-name': called })
  if (password) await p.fill({ 'account-password': password })
  await p.main.getByRole('checkbox').first().check()
  await p.send(p.t('signup-finish'))
  await p.reads(p.t('signup-done', { name: called }))
}

/** Logs in with a code. */
export async function enter(p, to) {
  await p.go('/login/code')
  await p.fill({ 'account-to': to })
  await p.send(p.t('account-send-code'))
  await p.fill({ 'account-code': await p.market.code(to) })
  await p.send(p.t('login-do'))
  assert.equal(p.path, '/me')
}

/** Logs in with a password. */
export async function enterByPassword(p, to, password) {
  await p.go('/login')
  await p.fill({ 'account-to': to, 'account-password': password })
  await p.send(p.t('login-do'))
}

/** The text and figures of a request that is good enough to send. */
export const wish = (p, more = {}) => ({
  title: p.pick('给社区面包店设计标志和门头', 'A sign and logo for a bakery'),
  brief: p.pick(
    '我们在老城区开一家小面包店，需要一个标志和一块门头，风格朴素温暖，要能在纸袋和招牌上使用。',
    'We open a small bakery in the old town and need a logo and a sign: plain and warm, good on paper bags and above the door.',
  ),
  min: 2000,
  max: 6000,
  days: 14,
  ...more,
})

/** Fills the form of a request; the first category will do. */
export async function fillRequest(p, { title, brief, min, max, days }) {
  await p.field('category').selectOption({ index: 1 })
  await p.fill({ title, brief, budget_min: min, budget_max: max, wish_days: days })
}

/** Posts a request and returns its id. */
export async function post(p, facts = wish(p)) {
  await p.go('/requests/new')
  await fillRequest(p, facts)
  await p.send(p.t('request-send-do'))
  await p.reads(p.t('request-pending-title'))
  await p.reads(facts.title)
  return p.path.split('/')[2]
}

/** The card of a waiting request in the operator's queue. */
export const waiting = (p, title) => p.main.locator('article').filter({ has: p.page.getByRole('heading', { name: title }) })

/** The operator lets a request out. */
export async function approve(p, title) {
  await p.go('/watch/inspections')
  await p.send(p.t('watch-approve'), { within: waiting(p, title) })
}

/** The operator sends a request back. */
export async function reject(p, title, reason) {
  await p.go('/watch/inspections')
  const card = waiting(p, title)
  await card.locator('summary').click()
  await card.locator('[name="reason"]').fill(reason)
  await p.send(p.t('watch-reject-do'), { within: card })
}

/** Two milestones that add up to 3,000. */
export const plan = (p) => [
  { title: p.pick('草图三稿', 'Three sketches'), amount: 1000, days: 5 },
  { title: p.pick('定稿与文件', 'Final files'), amount: 2000, days: 7 },
]

/** Fills the form of a bid. */
export async function fillBid(p, { price, days, steps, letter }) {
  await p.fill({ price, days, letter })
  for (const [at, step] of steps.entries()) {
    const rows = p.main.locator('[data-row]')
    if (p.scripts && (await rows.count()) <= at) await p.button(p.t('bid-step-add')).click()
    const row = rows.nth(at)
    await row.locator('[name="step_title"]').fill(step.title)
    await row.locator('[name="step_amount"]').fill(String(step.amount))
    await row.locator('[name="step_days"]').fill(String(step.days))
  }
}

/** What a bid says when nothing else is meant. */
export const offer = (p) => ({
  price: 3000,
  days: 12,
  steps: plan(p),
  letter: p.pick('我做过六家面包店的标志，先出三稿草图，再一起定稿。', 'I made logos for six bakeries: three sketches first, then we settle on one.'),
})

/** Bids, having seen what stays after the fee. */
export async function bid(p, request, facts = offer(p)) {
  await p.go(`/requests/${request}`)
  await p.follow(p.t('bid-do'))
  await fillBid(p, facts)
  await p.send(p.t('bid-preview-do'))
  const said = await p.text()
  for (const amount of [facts.price, facts.price * 0.1, facts.price * 0.9]) assert.ok(said.includes(yuan(amount)), `${amount} in ${said}`)
  await p.send(p.t('bid-send-do', { price: yuan(facts.price) }))
  await p.reads(p.t('bid-sent'))
}

/** Chooses a bidder, having seen every ending; returns the contract's id. */
export async function award(p, request, name) {
  await p.go(`/requests/${request}/bids`)
  await p.follow(p.t('bids-award-do'), p.main.locator('tr').filter({ hasText: name }))
  assert.ok((await p.main.locator('.outcome-table').count()) >= 1, 'no outcome table before paying')
  await p.reads(p.t('award-no-money-yet'))
  await p.send(p.t('award-button', { name }))
  await p.reads(p.t('contract-offered-said'))
  return p.path.split('/')[2]
}

/** The provider signs; returns the order's id. */
export async function agree(p, contract) {
  await p.go(`/contracts/${contract}`)
  await p.send(p.t('contract-agree'))
  await p.reads(p.t('contract-agreed-said'))
  return p.path.split('/')[2]
}

/** Goes to the gateway's page for the part whose turn it is. */
export async function toGateway(p, order, amount) {
  await p.go(`/orders/${order}`)
  await p.send(p.t('order-button-fund', { amount: yuan(amount) }))
  assert.ok(p.page.url().startsWith(p.market.sandbox), p.page.url())
}

/** Presses one of the gateway's buttons, perhaps with a trick, and comes back to the payin's page. */
export async function atGateway(p, [zh, en], trick) {
  if (trick) {
    await p.page.locator('summary').click()
    await p.page.locator(`input[value="${trick}"]`).check()
  }
  await p.arrive(() => p.page.getByRole('button', { name: p.pick(zh, en), exact: true }).click())
  assert.match(p.path, /^\/payins\//)
}

/** Pays the part whose turn it is. */
export async function fund(p, order, amount, trick) {
  await toGateway(p, order, amount)
  await atGateway(p, ['付款', 'Pay now'], trick)
  // Without scripts and with them, this page looks again by itself.
  await p.page.getByText(p.t('payin-says-paid')).waitFor({ timeout: 30_000 })
  await p.follow(p.t('payin-to-order'))
  assert.equal(p.path, `/orders/${order}`)
}

/** The form of a step in the workroom, by its transition in the process; unfolded if need be. */
export async function stepForm(p, order, transition) {
  await p.go(`/orders/${order}`)
  const form = `form[action$="/${transition}"]`
  const fold = p.main.locator('aside details:not([open])', { has: p.page.locator(form) })
  if (await fold.count()) await fold.locator('summary').first().click()
  return p.main.locator(`aside ${form}`).first()
}

/** Takes a step in the workroom. */
export async function take(p, order, transition, fill) {
  const form = await stepForm(p, order, transition)
  await fill?.(form)
  await p.arrive(() => form.locator('.actions button').click())
  await p.reads(p.t('order-step-said'))
}

/** Delivers with a note and a file. */
export const deliver = (p, order, note, file) =>
  take(p, order, 'deliver', async (form) => {
    await form.locator('[name="note"]').fill(note)
    if (file) await form.locator('[name="files"]').setInputFiles({ name: file, mimeType: 'text/plain', buffer: Buffer.from(`${note}\n`) })
  })

export const accept = (p, order) => take(p, order, 'accept')

/** Writes a review with five stars everywhere. */
export async function review(p, order, body) {
  await p.go(`/orders/${order}/review`)
  for (const stars of await p.main.locator('.star-input').all()) await stars.locator('label').first().click()
  await p.fill({ body })
  await p.send(p.t('review-send'))
}

/** Lets the demo's clock jump: `1h`, `1d`, `3d`, `8d` or `15d`. */
export async function jump(p, ahead) {
  await p.go('/demo/clock')
  await p.arrive(() => p.main.locator(`button[name="ahead"][value="${ahead}"]`).click())
  await p.reads(p.t('clock-jumped'))
}
