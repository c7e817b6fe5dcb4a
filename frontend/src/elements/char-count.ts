// Counts the characters of a text field against its limit, as the server counts them.
class CharCount extends HTMLElement {
  connectedCallback() {
    const field = this.querySelector('textarea')
    const max = Number(this.dataset.max)
    if (!field || !max || this.querySelector('.char-count')) return
    const count = document.createElement('span')
    count.className = 'char-count'
    count.setAttribute('aria-hidden', 'true')
    this.append(count)
    const show = () => {
      const length = [...field.value.trim()].length
      count.textContent = `${length.toLocaleString('en-US')} / ${max.toLocaleString('en-US')}`
      count.classList.toggle('is-over', length > max)
    }
    field.addEventListener('input', show)
    show()
  }
}

customElements.define('char-count', CharCount)
