// Saves a draft quietly a moment after the last change, and says so.
import { quiet, say, token } from '../lib.ts'

class AutoSave extends HTMLElement {
  connectedCallback() {
    const form = this.querySelector('form')
    const url = this.dataset.url
    if (!form || !url) return
    const state = this.#state(form)
    let last = this.#body(form).toString()
    const save = quiet(async () => {
      const body = this.#body(form)
      if (body.toString() === last) return
      state.className = 'save-state'
      state.textContent = say('正在保存…', 'Saving…')
      try {
        const answer = await fetch(this.dataset.url ?? url, {
          method: 'POST',
          headers: { 'x-csrf-token': token(), 'x-autosave': '1', accept: 'application/json' },
          body,
        })
        if (!answer.ok) throw new Error(String(answer.status))
        const typed = this.#body(form).toString()
        await this.#moved(answer, form)
        // What was typed while the answer was under way is still to be saved.
        last = typed === body.toString() ? this.#body(form).toString() : body.toString()
        const time = new Date().toLocaleTimeString(document.documentElement.lang, {
          hour: '2-digit',
          minute: '2-digit',
        })
        state.className = 'save-state is-saved'
        state.textContent = say(`草稿已保存 ${time}`, `Draft saved ${time}`)
      } catch {
        state.className = 'save-state is-failed'
        state.textContent = say('草稿没有保存，请检查网络', 'The draft is not saved; please check your connection')
      }
    }, 1200)
    form.addEventListener('input', save)
    form.addEventListener('change', save)
  }

  // Everything but files: those travel with the form itself or by their own field.
  #body(form: HTMLFormElement): URLSearchParams {
    const body = new URLSearchParams()
    for (const [name, value] of new FormData(form)) {
      if (typeof value === 'string' && name !== '_once') body.append(name, value)
    }
    return body
  }

  // The first save of a new draft gives it its address.
  async #moved(answer: Response, form: HTMLFormElement) {
    if (!answer.headers.get('content-type')?.startsWith('application/json')) return
    const said: { action?: string; autosave?: string; id?: string; fields?: Record<string, string> } =
      await answer.json()
    if (said.action) form.action = said.action
    if (said.autosave) this.dataset.url = said.autosave
    const id = form.querySelector<HTMLInputElement>('input[name="draft"]')
    if (said.id && id) id.value = said.id
    // Hidden fields that go with what was saved, such as its version.
    for (const [name, value] of Object.entries(said.fields ?? {})) {
      const field = form.querySelector<HTMLInputElement>(`input[type="hidden"][name="${CSS.escape(name)}"]`)
      if (field) field.value = value
    }
  }

  #state(form: HTMLFormElement): HTMLElement {
    const there = this.querySelector<HTMLElement>('[data-save-state]')
    const state = there ?? document.createElement('span')
    state.className = 'save-state'
    state.setAttribute('role', 'status')
    if (!there) (form.querySelector('.actions') ?? form).append(state)
    return state
  }
}

customElements.define('auto-save', AutoSave)
