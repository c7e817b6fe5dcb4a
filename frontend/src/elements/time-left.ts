// Counts down to a moment in words; the server has already written them once.
import { say } from '../lib.ts'

function words(seconds: number): string {
  if (seconds <= 0) return say('已到期', 'over')
  const minutes = Math.floor(seconds / 60)
  const hours = Math.floor(minutes / 60)
  const days = Math.floor(hours / 24)
  const many = (n: number, unit: string) => `${n} ${unit}${n === 1 ? '' : 's'}`
  if (days >= 2)
    return say(`还有 ${days} 天 ${hours % 24} 小时`, `${many(days, 'day')} ${many(hours % 24, 'hour')} left`)
  if (hours >= 1)
    return say(`还有 ${hours} 小时 ${minutes % 60} 分钟`, `${many(hours, 'hour')} ${many(minutes % 60, 'minute')} left`)
  if (minutes >= 1) return say(`还有 ${minutes} 分钟`, `${many(minutes, 'minute')} left`)
  return say('不到 1 分钟', 'less than a minute left')
}

class TimeLeft extends HTMLElement {
  #timer = 0

  connectedCallback() {
    this.#tick()
    this.#timer = window.setInterval(() => this.#tick(), 20_000)
  }

  disconnectedCallback() {
    window.clearInterval(this.#timer)
  }

  #tick() {
    const skew = Number(document.documentElement.dataset.skew ?? 0)
    const end = Date.parse(this.getAttribute('datetime') ?? '')
    if (Number.isNaN(end)) return
    this.textContent = words((end - Date.now() - skew) / 1000)
  }
}

customElements.define('time-left', TimeLeft)
