// A file field that can be dropped on, lists what was chosen, and shows how far the sending is.
import { say } from '../lib.ts'

class UploadField extends HTMLElement {
  #list = document.createElement('ul')

  connectedCallback() {
    const input = this.querySelector<HTMLInputElement>('input[type="file"]')
    if (!input) return
    this.#list.className = 'upload-list'
    this.append(this.#list)
    input.addEventListener('change', () => this.#show(input))
    for (const kind of ['dragenter', 'dragover']) {
      this.addEventListener(kind, (event) => {
        event.preventDefault()
        this.classList.add('is-over')
      })
    }
    for (const kind of ['dragleave', 'drop']) this.addEventListener(kind, () => this.classList.remove('is-over'))
    this.addEventListener('drop', (event) => {
      event.preventDefault()
      if (event.dataTransfer?.files.length) this.#take(input, [...(input.files ?? []), ...event.dataTransfer.files])
    })
    input.form?.addEventListener('submit', (event) => this.#send(event, input))
  }

  #take(input: HTMLInputElement, files: File[]) {
    const chosen = new DataTransfer()
    for (const file of input.multiple ? files : files.slice(-1)) chosen.items.add(file)
    input.files = chosen.files
    this.#show(input)
  }

  #show(input: HTMLInputElement) {
    const files = [...(input.files ?? [])]
    this.#list.replaceChildren(
      ...files.map((file, at) => {
        const row = document.createElement('li')
        const name = document.createElement('span')
        name.className = 'name'
        name.textContent = file.name
        const size = document.createElement('span')
        size.className = 'muted'
        size.textContent = `${(file.size / 1e6).toFixed(file.size < 1e5 ? 2 : 1)} MB`
        const remove = document.createElement('button')
        remove.type = 'button'
        remove.className = 'link-button'
        remove.textContent = this.dataset.wordsRemove ?? say('移除', 'Remove')
        remove.addEventListener('click', () => this.#take(input, files.toSpliced(at, 1)))
        row.append(name, size, remove)
        return row
      }),
    )
  }

  // Sends the whole form by hand to see its progress; what comes back is shown as if the browser had sent it.
  #send(event: SubmitEvent, input: HTMLInputElement) {
    const form = input.form
    if (!form || event.defaultPrevented || !input.files?.length || form.dataset.sending) return
    const size = [...input.files].reduce((all, file) => all + file.size, 0)
    if (size < 400_000) return
    event.preventDefault()
    form.dataset.sending = '1'
    const body = new FormData(form, event.submitter)
    const bar = document.createElement('progress')
    bar.max = 1
    bar.setAttribute('aria-label', say('上传进度', 'Upload progress'))
    this.append(bar)
    const request = new XMLHttpRequest()
    request.open('POST', form.action)
    // The message for the next page is kept for the page itself.
    request.setRequestHeader('x-live', '1')
    request.upload.addEventListener('progress', (at) => {
      if (at.lengthComputable) bar.value = at.loaded / at.total
    })
    request.addEventListener('load', () => show(request))
    request.addEventListener('error', () => {
      delete form.dataset.sending
      bar.remove()
      const said = document.createElement('p')
      said.className = 'field-error'
      said.textContent = say(
        '上传中断了，内容都还在，请再试一次。',
        'The upload was cut off. Everything is still here; please try again.',
      )
      this.append(said)
    })
    request.send(body)
  }
}

function show(request: XMLHttpRequest) {
  if (request.status < 400 && request.responseURL) {
    location.assign(request.responseURL)
    return
  }
  const fresh = new DOMParser().parseFromString(request.responseText, 'text/html')
  document.body.replaceWith(document.adoptNode(fresh.body))
  document.querySelector<HTMLElement>('[data-focus]')?.focus()
  window.scrollTo(0, 0)
}

customElements.define('upload-field', UploadField)
