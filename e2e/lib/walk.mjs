// A walk: steps one after the other in one market; the first that fails ends it, with a picture of every screen.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { letters, open } from './market.mjs'
import { browser, visitor } from './person.mjs'

export { letters }

/** Defines a walk. `body` gets `{ market, visit, step }`. */
export function walk(title, { name, ...wish }, body) {
  test(title, { timeout: 300_000 }, async (t) => {
    const market = await open({ name, ...wish })
    const chromium = await browser()
    const people = []
    const visit = async (who) => {
      const person = await visitor(chromium, market, who)
      people.push(person)
      return person
    }
    const told = new Set()
    const step = async (what, act) => {
      let failure
      await t.test(what, async () => {
        try {
          await act()
        } catch (error) {
          failure = error
          throw error
        } finally {
          for (const fault of failure ? people.flatMap((person) => person.faults) : []) console.error(fault)
        }
        // What is wrong with a page does not keep people from walking on.
        const faults = people.flatMap((person) => person.faults).filter((fault) => !told.has(fault))
        for (const fault of faults) told.add(fault)
        assert.deepEqual(faults, [], 'faults on the pages of this step')
      })
      if (failure) throw new Error(`stopped at: ${what}`)
    }
    try {
      await body({ market, visit, step })
    } catch (error) {
      for (const person of people) await person.shot(`failed-${name}-${person.name}`)
      throw error
    } finally {
      t.diagnostic(`${people.reduce((sum, person) => sum + person.walked.length, 0)} pages looked at`)
      await chromium.close()
      await market.close()
    }
  })
}
