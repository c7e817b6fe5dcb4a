// From sign-up to review by three people, in any language, at any width, with or without scripts.
import assert from 'node:assert/strict'
import { accept, agree, approve, award, bid, deliver, fund, join, post, review, wish, yuan } from './deeds.mjs'

export async function mainPath({ market, visit, step }, how) {
  const client = await visit({ name: 'client', ...how })
  const provider = await visit({ name: 'provider', ...how })
  const operator = await visit({ name: 'operator', ...how })
  const [lan, zhou, boss] = [client.pick('何岚', 'Lan He'), client.pick('周屿', 'Yu Zhou'), client.pick('老板', 'The boss')]
  let request, contract, order

  await step('three people join', async () => {
    await client.go('/')
    await join(client, { to: 'lan@example.com', called: lan })
    await join(provider, { to: '13800138000', called: zhou, password: 'seven green kettles sing' })
    await join(operator, { to: 'boss@example.com', called: boss })
    await market.grant('boss@example.com')
  })
  await step('a request is posted and let out', async () => {
    request = await post(client)
    await approve(operator, wish(client).title)
    await client.go(`/requests/${request}`)
    await client.reads(client.t('request-state-open'))
  })
  await step('a bid with fee and net', async () => {
    await provider.go('/requests')
    await provider.follow(wish(provider).title)
    await bid(provider, request)
  })
  await step('the bid is chosen and both agree', async () => {
    contract = await award(client, request, zhou)
    order = await agree(provider, contract)
  })
  await step('both milestones are paid into escrow, delivered and accepted', async () => {
    for (const amount of [1000, 2000]) {
      await fund(client, order, amount, how.trick)
      await deliver(provider, order, client.pick('做好了，请看附件。', 'Done, please see the file.'), 'work.txt')
      await accept(client, order)
    }
    await client.reads(client.t('order-ended'))
  })
  await step('the provider is paid, less the fee', async () => {
    await provider.go('/statement')
    const said = await provider.text()
    for (const amount of [900, 1800, 2700]) assert.ok(said.includes(yuan(amount)), `${amount} in ${said}`)
  })
  await step('both review', async () => {
    await review(client, order, client.pick('很准时，稿子比想象的好。', 'On time, and better than I had imagined.'))
    await client.reads(client.t('review-own-hidden'))
    await review(provider, order, provider.pick('需求写得清楚，验收很快。', 'A clear brief, and quick to accept.'))
    await provider.reads(provider.t('review-own-open'))
    await client.go(`/orders/${order}/review`)
    await client.reads(client.t('review-own-open'))
  })
  await step('the books are whole', async () => {
    await operator.go('/watch/ledger')
    const { stdout } = await market.doctor()
    assert.match(stdout, /whole/)
  })
  return { client, provider, operator, request, contract, order }
}
