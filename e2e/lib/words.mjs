// The market's own words, read from locales/: walks look for what people read, and break when a key goes.
// Understands what those files use: values, { $name }, { "text" } and one selector per message.
import { readFileSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const folder = fileURLToPath(new URL('../../locales/', import.meta.url))

function read(lang) {
  const words = new Map()
  for (const file of readdirSync(folder + lang)) {
    let key
    for (const line of readFileSync(`${folder}${lang}/${file}`, 'utf8').split('\n')) {
      const start = /^([a-z][\w-]*) = ?(.*)$/.exec(line)
      if (start) {
        key = start[1]
        words.set(key, start[2])
      } else if (key && /^(\s+\S|\})/.test(line)) words.set(key, `${words.get(key)}\n${line}`)
      else key = undefined
    }
  }
  return words
}

const all = { 'zh-CN': read('zh-CN'), en: read('en') }

function choose(lang, n, variants) {
  const found = new Map([...variants.matchAll(/^\s*(\*?)\[(\w+)\] ?(.*)$/gm)].map((v) => [v[2], v[3]]))
  const fallback = /\*\[(\w+)\]/.exec(variants)?.[1]
  if (found.has(String(n))) return found.get(String(n))
  if (lang === 'en' && Number(n) === 1 && found.has('one')) return found.get('one')
  return found.get(fallback)
}

/** The words behind a key, with values put in. */
export function say(lang, key, values = {}) {
  const text = all[lang].get(key)
  if (text === undefined) throw new Error(`no words for ${key} in ${lang}`)
  return text
    .replace(/\{\s*\$(\w+)\s*->([\s\S]*?)\n\s*\}/g, (_, name, variants) => choose(lang, values[name], variants))
    .replace(/\{\s*\$(\w+)\s*\}/g, (_, name) => String(values[name]))
    .replace(/\{\s*"([^"]*)"\s*\}/g, '$1')
    .trim()
}
