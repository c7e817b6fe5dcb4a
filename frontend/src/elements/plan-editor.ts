// Rows of a milestone plan: add, remove, and a sum that follows. Without scripts there is a fixed number of rows.
import { amount, cents, say } from '../lib.ts'

class PlanEditor extends HTMLElement {
  connectedCallback() {
    this.addEventListener('input', () => this.#sum())
    this.addEventListener('click', (event) => {
      const target = event.target instanceof Element ? event.target : null
      if (target?.closest('[data-add]')) this.#add()
      const remove = target?.closest('[data-remove]')
      if (remove) this.#remove(remove)
    })
    for (const hidden of this.querySelectorAll<HTMLElement>('[data-add], [data-remove]')) hidden.hidden = false
    this.#trim()
    this.#renumber()
    this.#sum()
  }

  get #rows(): HTMLElement[] {
    return [...this.querySelectorAll<HTMLElement>('[data-row]')]
  }

  get #max(): number {
    return Number(this.dataset.max ?? 10)
  }

  // Empty rows are there for those without scripts; one is enough here.
  #trim() {
    const rows = this.#rows
    const empty = (row: HTMLElement) =>
      [...row.querySelectorAll('input')].every((i) => i.type === 'hidden' || i.value === '')
    for (const row of rows.slice(1).filter(empty)) row.remove()
  }

  #add() {
    const rows = this.#rows
    const last = rows.at(-1)
    if (!last || rows.length >= this.#max) return
    const row = last.cloneNode(true) as HTMLElement
    for (const input of row.querySelectorAll('input')) {
      if (input.type !== 'hidden') input.value = ''
    }
    for (const said of row.querySelectorAll('.field-error')) said.remove()
    last.after(row)
    this.#renumber()
    row.querySelector<HTMLInputElement>('input:not([type="hidden"])')?.focus()
    this.#sum()
  }

  #remove(button: Element) {
    if (this.#rows.length <= 1) return
    button.closest('[data-row]')?.remove()
    this.#renumber()
    this.#sum()
  }

  #renumber() {
    const rows = this.#rows
    rows.forEach((row, at) => {
      for (const number of row.querySelectorAll('[data-number]')) number.textContent = String(at + 1)
      for (const field of row.querySelectorAll<HTMLElement>('[id]')) {
        const old = field.id
        field.id = `${old.replace(/-r\d+$/, '')}-r${at}`
        row.querySelector(`label[for="${CSS.escape(old)}"]`)?.setAttribute('for', field.id)
      }
    })
    const add = this.querySelector<HTMLButtonElement>('[data-add]')
    if (add) add.disabled = rows.length >= this.#max
  }

  #sum() {
    for (const total of this.querySelectorAll<HTMLElement>('[data-total]')) {
      const name = total.dataset.totalOf ?? 'step_amount'
      const fields = [...this.querySelectorAll<HTMLInputElement>(`[name="${CSS.escape(name)}"]`)]
      const sum = fields.reduce((all, field) => all + (cents(field.value) ?? 0), 0)
      total.textContent = amount(sum, total.dataset.sign ?? '¥')
      this.#compare(total, sum)
    }
  }

  // The plan must add up to the price, when there is one.
  #compare(total: HTMLElement, sum: number) {
    const price = document.querySelector<HTMLInputElement>(total.dataset.price ?? '#f-price')
    const wanted = price ? cents(price.value) : undefined
    const off = wanted !== undefined && wanted !== sum
    total.classList.toggle('text-loss', off)
    total.title =
      off && wanted !== undefined
        ? say(`与总价 ${amount(wanted, '¥')} 不一致`, `not the price of ${amount(wanted, '¥')}`)
        : ''
  }
}

customElements.define('plan-editor', PlanEditor)
