// Somebody at a browser of their own: finds things as people do, and on every page asks axe-core and listens for errors.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { out } from './market.mjs'
import { say } from './words.mjs'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const sizes = { wide: { width: 1280, height: 900 }, phone: { width: 390, height: 844 } }

/** A browser for a walk. */
export function browser() {
  const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium'
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] })
}

/** A person who has just come to the market. */
export async function visitor(browser, market, { name, lang = 'zh-CN', size = 'wide', scripts = true, dark = false }) {
  const context = await browser.newContext({
    baseURL: market.url,
    locale: lang === 'en' ? 'en-GB' : lang,
    timezoneId: 'Asia/Shanghai',
    viewport: sizes[size],
    isMobile: size === 'phone',
    hasTouch: size === 'phone',
    javaScriptEnabled: scripts,
    colorScheme: dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
  })
  context.setDefaultTimeout(15_000)
  const faults = []
  if (scripts) {
    await context.addInitScript(() => {
      const told = (e) => console.error(`CSP: ${e.violatedDirective} ${e.blockedURI} ${e.sourceFile}`)
      document.addEventListener('securitypolicyviolation', told)
    })
  }
  context.on('console', (said) => {
    // A refused form answers 422 and the browser reports that as an error: pages are judged by `response` below.
    if (said.type() === 'error' && !said.text().startsWith('Failed to load resource')) faults.push(`console: ${said.text()}`)
  })
  context.on('weberror', (error) => faults.push(`script: ${error.error()}`))
  context.on('response', (answer) => {
    const isPage = answer.request().resourceType() === 'document'
    if (answer.status() >= (isPage ? 500 : 400)) faults.push(`${answer.status()} ${answer.url()}`)
  })
  const page = await context.newPage()
  return new Person({ market, context, page, lang, name, scripts, size, faults })
}

class Person {
  constructor(facts) {
    Object.assign(this, facts)
    this.walked = []
  }

  t(key, values) {
    return say(this.lang, key, values)
  }

  pick(zh, en) {
    return this.lang === 'en' ? en : zh
  }

  get main() {
    return this.page.locator('main')
  }

  get path() {
    return new URL(this.page.url()).pathname
  }

  async go(path, { status = 200 } = {}) {
    const answer = await this.page.goto(path)
    assert.equal(answer.status(), status, `${path} for ${this.name}`)
    await this.check()
  }

  /** Notes every serious fault of accessibility, and what is wider than the screen; the step fails when it is over. */
  async check() {
    const where = `${this.path} (${this.name}, ${this.lang}, ${this.size})`
    this.walked.push(this.path)
    if (!this.scripts) return this.checkWithScripts()
    this.note(where, await audit(this.page))
  }

  // Each fault once: most stand on many pages.
  note(where, wrong) {
    for (const said of wrong) if (!this.faults.some((one) => one.endsWith(said))) this.faults.push(`${where}: ${said}`)
  }

  // axe-core is a script itself: where scripts are off it looks at the same page in a browser that has them.
  async checkWithScripts() {
    if (!this.page.url().startsWith(this.market.url)) return
    this.mirror ??= await this.openMirror()
    await this.mirror.goto(this.page.url())
    this.note(`${this.path} (${this.name}, no scripts)`, await audit(this.mirror))
  }

  async openMirror() {
    const other = await this.context.browser().newContext({ viewport: this.page.viewportSize(), reducedMotion: 'reduce' })
    await other.route('**/*', async (route) => {
      const kind = route.request().resourceType()
      if (kind === 'document') await route.fulfill({ contentType: 'text/html; charset=utf-8', body: await this.page.content() })
      else if (kind === 'script') await route.abort()
      else await route.continue()
    })
    return other.newPage()
  }

  /** A field of the page's form by its name in it; words differ, names stay. */
  field(name) {
    return this.main.locator(`[name="${name}"]:not([type="hidden"])`).first()
  }

  /** Fills fields found by their labels (keys with a dash) or by their names. */
  async fill(fields) {
    for (const [name, value] of Object.entries(fields)) {
      const field = name.includes('-') ? this.main.getByLabel(this.t(name)).first() : this.field(name)
      await field.fill(String(value))
    }
  }

  button(text) {
    return this.main.getByRole('button', { name: text, exact: true }).first()
  }

  /** Presses a button and waits for the page it leads to. */
  async send(text, { confirm = false, within } = {}) {
    await this.arrive(async () => {
      await (within ?? this.main).getByRole('button', { name: text, exact: true }).first().click()
      if (confirm && this.scripts) await this.page.getByRole('button', { name: this.t('confirm-yes'), exact: true }).click()
    })
  }

  /** Follows a link. */
  async follow(text, scope = this.main) {
    await this.arrive(() => scope.getByRole('link', { name: text, exact: true }).first().click())
  }

  /** Does something that leads to another page, and looks at that page. */
  async arrive(act) {
    await Promise.all([this.page.waitForEvent('domcontentloaded'), act()])
    await this.check()
  }

  /** Waits until the page says so. */
  async reads(text, scope = this.page) {
    await scope.getByText(text).first().waitFor()
  }

  /** What the whole page says, for looking at many things at once. */
  text() {
    return this.main.innerText()
  }

  /** Chooses this person's language in the footer: an account brings one of its own. */
  async speak() {
    await this.arrive(() => this.page.getByRole('button', { name: this.pick('中文', 'English') }).click())
  }

  async shot(name, fullPage = true) {
    await this.page.screenshot({ path: join(out, `${name}.png`), fullPage }).catch(() => undefined)
  }
}

/** Serious and critical faults as axe-core names them, and whatever stands out of the screen. */
async function audit(page) {
  await page.evaluate(axe)
  return page.evaluate(async () => {
    const { violations } = await globalThis.axe.run(document, { resultTypes: ['violations'] })
    const grave = violations.filter((one) => one.impact === 'serious' || one.impact === 'critical')
    const found = grave.flatMap((one) => one.nodes.map((node) => `${one.id}: ${node.target.join(' ')} ${node.failureSummary?.split('\n')[1] ?? ''}`))
    const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth
    if (wide > 1) found.push(`the page is ${wide} px wider than the screen`)
    return found
  })
}
