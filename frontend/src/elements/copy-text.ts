// A button that copies the text beside it.
class CopyText extends HTMLElement {
  connectedCallback() {
    const button = this.querySelector('button')
    const text = this.querySelector('code')?.textContent ?? ''
    if (!button || !navigator.clipboard) return
    button.hidden = false
    button.addEventListener('click', async () => {
      await navigator.clipboard.writeText(text)
      const label = button.getAttribute('aria-label') ?? ''
      button.setAttribute('aria-label', button.dataset.done ?? '')
      button.classList.add('is-done')
      window.setTimeout(() => {
        button.setAttribute('aria-label', label)
        button.classList.remove('is-done')
      }, 2000)
    })
  }
}

customElements.define('copy-text', CopyText)
