// A message that goes away by itself after it could be read; never a warning.
class FlashNote extends HTMLElement {
  connectedCallback() {
    if (this.classList.contains('flash-warn')) return
    window.setTimeout(() => {
      if (this.matches(':hover')) return
      this.classList.add('is-leaving')
      window.setTimeout(() => this.remove(), 200)
    }, 9000)
  }
}

customElements.define('flash-note', FlashNote)
