// What goes wrong, and what comes of it: nothing is lost, nothing is paid twice, and the words say what to do.
import assert from 'node:assert/strict'
import { accept, agree, approve, atGateway, award, bid, deliver, fillBid, fillRequest, fund, join, jump, offer, post, stepForm, toGateway, wish, yuan } from '../lib/deeds.mjs'
import { walk } from '../lib/walk.mjs'

const script = '<script>document.title="bitten"</script><img src=x onerror="document.title=\'bitten\'">'

walk('Mishaps', { name: 'mishaps' }, async ({ market, visit, step }) => {
  const client = await visit({ name: 'client' })
  const provider = await visit({ name: 'provider' })
  const operator = await visit({ name: 'operator' })
  const stranger = await visit({ name: 'stranger' })
  let request, contract, order

  await step('people join; a wrong code and a missing consent keep what was typed', async () => {
    await client.go('/signup')
    await client.fill({ 'account-to': 'lan@example.com' })
    await client.send(client.t('account-send-code'))
    const code = await market.code('lan@example.com')
    await client.fill({ 'account-code': code === '000000' ? '111111' : '000000', 'account-name': '何岚' })
    await client.main.getByRole('checkbox').first().check()
    await client.send(client.t('signup-finish'))
    await client.reads(client.t('refusal-code-wrong', { left: 4 }))
    assert.equal(await client.field('name').inputValue(), '何岚')
    await client.fill({ 'account-code': code })
    await client.main.getByRole('checkbox').first().check()
    await client.send(client.t('signup-finish'))
    await client.reads(client.t('signup-done', { name: '何岚' }))
    await join(provider, { to: 'zhou@example.com', called: '周屿', password: 'seven green kettles sing' })
    await join(operator, { to: 'boss@example.com', called: '老板' })
    await market.grant('boss@example.com')
  })
  await step('a wrong password and an unknown name get the same answer', async () => {
    const answers = []
    for (const to of ['zhou@example.com', 'nobody@example.com']) {
      await stranger.go('/login')
      await stranger.fill({ 'account-to': to, 'account-password': 'not the right password' })
      await stranger.send(stranger.t('login-do'))
      assert.equal(await stranger.field('to').inputValue(), to)
      answers.push((await stranger.text()).replaceAll(to, ''))
    }
    assert.equal(answers[0], answers[1])
    assert.ok(answers[0].includes(stranger.t('refusal-login-wrong')))
  })
  await step('script in every field stays text', async () => {
    await client.go('/requests/new')
    await fillRequest(client, { ...wish(client), title: script.slice(0, 60), brief: `${script} 需要一个标志，要能印在纸袋上，也要能做成门头，请报价。` })
    await client.send(client.t('request-send-do'))
    await client.reads(script.slice(0, 60))
    assert.notEqual(await client.page.title(), 'bitten')
    await provider.go('/me/profile')
    await provider.fill({ headline: script.slice(0, 60), about: script, location: '<b>b</b>' })
    await provider.send(provider.t('profile-save'))
    await provider.follow(provider.t('profile-see'))
    await provider.reads('<script>')
    await operator.go('/watch/inspections')
    for (const p of [client, provider, operator]) assert.notEqual(await p.page.title(), 'bitten')
  })
  await step('a request with everything wrong keeps what was typed', async () => {
    await client.go('/requests/new')
    await client.main.locator('form[novalidate], form.form').first().evaluate((form) => { form.noValidate = true })
    await client.fill({ title: '短', brief: '太短', budget_min: '5000', budget_max: '-3', wish_days: '九天' })
    await client.send(client.t('request-send-do'))
    await client.reads(client.t('form-refused'))
    for (const [name, typed] of [['title', '短'], ['brief', '太短'], ['budget_max', '-3'], ['wish_days', '九天']]) {
      assert.equal(await client.field(name).inputValue(), typed)
    }
  })
  await step('a stale edit says what changed', async () => {
    request = await post(client)
    await approve(operator, wish(client).title)
    await client.go(`/requests/${request}/edit`)
    const other = await client.context.newPage()
    await other.goto(`/requests/${request}/edit`)
    await other.locator('main [name="budget_max"]').fill('7777')
    await other.locator('main').getByRole('button', { name: client.t('request-save-do') }).click()
    await other.waitForURL(`**/requests/${request}`)
    await other.close()
    await client.fill({ wish_days: 9 })
    await client.send(client.t('request-save-do'))
    await client.reads(client.t('request-stale-title'))
    await client.reads(yuan(7777), client.main)
    assert.equal(await client.field('wish_days').inputValue(), '9')
  })
  await step('a plan that does not add up keeps its rows', async () => {
    await provider.go(`/requests/${request}/bid`)
    const facts = offer(provider)
    await fillBid(provider, { ...facts, price: 3100 })
    await provider.send(provider.t('bid-preview-do'))
    await provider.reads(provider.t('refusal-bid-plan-sum', { plan: yuan(3000), price: yuan(3100) }))
    assert.equal(await provider.main.locator('[name="step_title"]').first().inputValue(), facts.steps[0].title)
    assert.equal(await provider.field('letter').inputValue(), facts.letter)
    await bid(provider, request)
  })
  await step('what belongs to others is not found', async () => {
    contract = await award(client, request, '周屿')
    order = await agree(provider, contract)
    await join(stranger, { to: 'stranger@example.com', called: '路人' })
    for (const path of [`/orders/${order}`, `/contracts/${contract}`, `/orders/${order}/thread`, `/orders/${order}/review`, '/watch', '/watch/ledger', '/orders/0000000000000', '/orders/%27--']) {
      await stranger.go(path, { status: 404 })
    }
    await stranger.go(`/requests/${request}/edit`, { status: 404 })
  })
  await step('a payment cancelled at the gateway can be tried again', async () => {
    await toGateway(client, order, 1000)
    await atGateway(client, ['取消', 'Cancel'])
    await client.page.getByText(client.t('payin-says-failed')).waitFor({ timeout: 30_000 })
    await client.follow(client.t('payin-to-order'))
    await client.reads(client.t('money-says-outside'))
  })
  await step('a form sent twice pays once', async () => {
    await client.go(`/orders/${order}`)
    const form = client.main.locator(`form[action="/orders/${order}/parts/0/funding"]`)
    const typed = await form.evaluate((one) => [...new FormData(one)])
    const sent = () => client.context.request.post(`/orders/${order}/parts/0/funding`, { form: Object.fromEntries(typed), maxRedirects: 0 })
    const [one, two] = await Promise.all([sent(), sent()])
    assert.equal(one.status(), 303, await one.text())
    assert.equal(two.headers().location, one.headers().location)
  })
  await step('paid, and no notice came: the market asks by itself', async () => {
    await toGateway(client, order, 1000)
    await atGateway(client, ['付款', 'Pay now'], 'never')
    await client.reads(client.t('payin-says-waiting'))
    await jump(operator, '1h')
    await client.page.getByText(client.t('payin-says-paid')).waitFor({ timeout: 30_000 })
  })
  await step('a forged notice changes nothing', async () => {
    const forged = await client.context.request.post('/gateway/sandbox/notice', {
      headers: { 'content-type': 'application/json', 'x-sandbox-time': String(Math.floor(Date.now() / 1000)), 'x-sandbox-signature': 'AAAA' },
      data: JSON.stringify({ event: 'evt_1', kind: 'payin.paid', payin: '0', order, gateway_ref: 'x', amount_minor: 200000, currency: 'CNY', at_s: 1 }),
    })
    assert.ok(forged.status() >= 400 && forged.status() < 500, `answered ${forged.status()}`)
    await client.go(`/orders/${order}`)
    await client.reads(client.t('money-says-held'))
  })
  await step('an empty delivery is refused', async () => {
    await provider.go(`/orders/${order}`)
    await provider.send('提交交付')
    await provider.reads(provider.t('refusal-order-empty-delivery'))
  })
  await step('a form sent from an old page says what happened since', async () => {
    await client.go(`/orders/${order}`)
    await deliver(provider, order, '草图在这里。')
    await accept(client, order)
    const old = await client.context.request.post(`/orders/${order}/moves/accept`, {
      form: { _csrf: await client.page.locator('meta[name="csrf"]').getAttribute('content'), version: '1', part: '0' },
    })
    assert.ok(old.status() >= 400 && old.status() < 500, `answered ${old.status()}`)
  })
  await step('a notice for another amount comes first: only the true one counts', async () => {
    await fund(client, order, 2000, 'amount')
    await client.reads(client.t('money-says-held'))
    await operator.go('/watch')
    await operator.reads(yuan(0), operator.main)
  })
  await step('cancelled by agreement, with a split', async () => {
    await proposeHalf(client, order)
    await provider.go(`/orders/${order}`)
    await provider.reads('项目停了')
    await provider.send(provider.t('order-proposal-agree'), { confirm: true })
    await provider.reads(provider.t('order-proposal-agreed-said'))
    await provider.go('/statement')
    // 900 of the first milestone; half of the second, less the fee.
    for (const amount of [900, 1800]) await provider.reads(yuan(amount), provider.main)
  })
  await step('the books are whole', async () => {
    assert.match((await market.doctor()).stdout, /whole/)
  })
})

/** Proposes to cancel with half of the second milestone for each side. */
async function proposeHalf(client, order) {
  const form = await stepForm(client, order, 'cancel_by_agreement')
  await form.locator('[name="share_1"]').fill('1000')
  await form.locator('[name="reason"]').fill('项目停了，一人一半。')
  await client.arrive(() => form.locator('.actions button').click())
  await client.reads(client.t('order-proposed-said'))
}
