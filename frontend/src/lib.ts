// What the elements share: the form token, the language, little helpers.

export const chinese = document.documentElement.lang.startsWith('zh')

/** The words of the reader's language. */
export const say = (zh: string, en: string): string => (chinese ? zh : en)

/** The form token of this page. */
export function token(): string {
  return document.querySelector<HTMLMetaElement>('meta[name="csrf"]')?.content ?? ''
}

/** An amount as people type it, in cents; nothing when it is not one. */
export function cents(text: string): number | undefined {
  const plain = text
    .replace(/[０-９．]/g, (c) => (c === '．' ? '.' : String.fromCharCode(c.charCodeAt(0) - 0xfee0)))
    .replace(/[,，\s¥￥$元]/g, '')
  if (!/^\d+(\.\d{0,2})?$/.test(plain)) return undefined
  return Math.round(Number(plain) * 100)
}

/** Cents as an amount with separators. */
export function amount(value: number, sign: string): string {
  const text = (value / 100).toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })
  return sign + text
}

/** Runs `work` once things have been quiet for `delay` milliseconds. */
export function quiet(work: () => void, delay: number): () => void {
  let timer = 0
  return () => {
    window.clearTimeout(timer)
    timer = window.setTimeout(work, delay)
  }
}
