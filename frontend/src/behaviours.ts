// Behaviour that belongs to no element of its own: dialogs, asking first, one send per form, colours, focus.
import { say } from './lib.ts'

// A button with data-opens opens the dialog of that id; a click on the backdrop closes it.
document.addEventListener('click', (event) => {
  const target = event.target instanceof Element ? event.target : null
  const opener = target?.closest<HTMLElement>('[data-opens]')
  if (opener) {
    const dialog = document.getElementById(opener.dataset.opens ?? '')
    if (dialog instanceof HTMLDialogElement) dialog.showModal()
    return
  }
  if (target instanceof HTMLDialogElement && target.open) target.close()
})

function ask(text: string): Promise<boolean> {
  const dialog = document.createElement('dialog')
  dialog.className = 'dialog'
  const body = document.createElement('div')
  body.className = 'dialog-body'
  const words = document.createElement('p')
  words.textContent = text
  const form = document.createElement('form')
  form.method = 'dialog'
  form.className = 'actions'
  for (const [value, label, name] of [
    ['no', say('取消', 'Cancel'), 'btn'],
    ['yes', say('确定', 'Yes, go on'), 'btn btn-primary'],
  ] as const) {
    const button = document.createElement('button')
    button.value = value
    button.textContent = label
    button.className = name
    form.append(button)
  }
  body.append(words, form)
  dialog.append(body)
  document.body.append(dialog)
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => {
      resolve(dialog.returnValue === 'yes')
      dialog.remove()
    })
    dialog.showModal()
  })
}

const asked = new WeakSet<HTMLFormElement>()

// data-confirm asks first; a form that was sent cannot be sent a second time by a nervous finger.
document.addEventListener('submit', (event) => {
  const form = event.target
  if (!(form instanceof HTMLFormElement) || form.method === 'dialog') return
  const question = form.dataset.confirm
  if (question && !asked.has(form)) {
    event.preventDefault()
    const submitter = event.submitter instanceof HTMLElement ? event.submitter : undefined
    void ask(question).then((yes) => {
      if (!yes) return
      asked.add(form)
      form.requestSubmit(submitter)
    })
    return
  }
  if (event.defaultPrevented || form.method !== 'post') return
  const button = event.submitter
  if (!(button instanceof HTMLButtonElement)) return
  if (button.getAttribute('aria-busy') === 'true') {
    event.preventDefault()
    return
  }
  button.setAttribute('aria-busy', 'true')
  window.setTimeout(() => button.removeAttribute('aria-busy'), 8000)
})

// Back from the cache: the buttons may be pressed again.
window.addEventListener('pageshow', () => {
  for (const button of document.querySelectorAll('button[aria-busy]')) button.removeAttribute('aria-busy')
})

// What is wrong with a form is read first.
document.querySelector<HTMLElement>('form [data-focus]:not(.guide *)')?.focus()

// Filters send themselves when a choice changes; the button stays for those without scripts.
document.addEventListener('change', (event) => {
  const field = event.target
  if (!(field instanceof HTMLSelectElement || (field instanceof HTMLInputElement && field.type !== 'text'))) return
  field.closest<HTMLFormElement>('form[data-auto]')?.requestSubmit()
})

// Staff move through dense tables with j and k, and go to the search with /.
document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return
  const field = event.target instanceof Element && event.target.closest('input, textarea, select, [contenteditable]')
  if (field) return
  if (event.key === '/') {
    const search = document.querySelector<HTMLInputElement>('input[type="search"]')
    if (search) {
      event.preventDefault()
      search.focus()
    }
  } else if (event.key === 'j' || event.key === 'k') {
    const links = [...document.querySelectorAll<HTMLElement>('[data-keys] tbody a, [data-keys] .result-title a')]
    const at = links.indexOf(document.activeElement as HTMLElement)
    links[event.key === 'j' ? Math.min(at + 1, links.length - 1) : Math.max(at - 1, 0)]?.focus()
  }
})
