// Keeps a page fresh: when something it shows has changed, the page is fetched again and its live regions replaced.
// A region that holds the focused form, or a form somebody has typed into, is left alone.
import { quiet } from '../lib.ts'

interface News {
  topic?: string
  unread?: number
}

class LivePage extends HTMLElement {
  #socket: WebSocket | undefined
  #tries = 0
  #closed = false

  connectedCallback() {
    this.#open()
  }

  disconnectedCallback() {
    this.#closed = true
    this.#socket?.close()
  }

  #open() {
    const address = new URL('/live', location.href)
    address.protocol = address.protocol.replace('http', 'ws')
    const socket = new WebSocket(address)
    this.#socket = socket
    socket.addEventListener('open', () => {
      if (this.#tries > 0) this.#refresh()
      this.#tries = 0
      const topics = (this.dataset.topics ?? '').split(/\s+/).filter(Boolean)
      socket.send(JSON.stringify({ topics }))
    })
    socket.addEventListener('message', (event) => this.#hear(String(event.data)))
    socket.addEventListener('close', () => {
      if (this.#closed) return
      this.#tries += 1
      window.setTimeout(() => this.#open(), Math.min(30_000, 500 * 2 ** this.#tries) * (0.75 + Math.random() / 2))
    })
  }

  #hear(text: string) {
    let news: News
    try {
      news = JSON.parse(text)
    } catch {
      return
    }
    if (typeof news.unread === 'number') showUnread(news.unread)
    if (news.topic) this.#refresh()
  }

  #refresh = quiet(() => void refresh(), 120)
}

function showUnread(count: number) {
  for (const badge of document.querySelectorAll('[data-unread]')) {
    badge.textContent = count <= 0 ? '' : count > 99 ? '99+' : String(count)
  }
}

/** Whether replacing this region would take something away from the reader. */
function inUse(region: Element): boolean {
  const focused = document.activeElement
  if (focused && region.contains(focused) && focused.closest('form, dialog')) return true
  if (region.querySelector('dialog[open]')) return true
  return [...region.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('textarea, input[type="text"]')].some(
    (field) => field.value !== field.defaultValue,
  )
}

async function refresh() {
  // What nobody looks at is not fetched, so that nothing counts as read in a tab at the back.
  if (document.hidden) {
    document.addEventListener('visibilitychange', () => void refresh(), { once: true })
    return
  }
  const answer = await fetch(location.href, { headers: { 'x-live': '1', accept: 'text/html' } }).catch(() => undefined)
  if (!answer?.ok || answer.redirected) return
  const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html')
  for (const region of document.querySelectorAll<HTMLElement>('[data-live]')) {
    const name = CSS.escape(region.dataset.live ?? '')
    const next = fresh.querySelector(`[data-live="${name}"]`)
    if (!next || inUse(region) || next.isEqualNode(region)) continue
    region.replaceWith(document.adoptNode(next))
  }
  const badge = fresh.querySelector('[data-unread]')
  if (badge) for (const here of document.querySelectorAll('[data-unread]')) here.textContent = badge.textContent
}

customElements.define('live-page', LivePage)
