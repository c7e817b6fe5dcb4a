// Builds styles and scripts with hashed names and a manifest, and puts compressed copies beside them.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import tailwindcss from '@tailwindcss/vite'
import { defineConfig, type Plugin } from 'vite'

const COMPRESSED = /\.(css|js|svg)$/

function compressed(): Plugin {
  let folder = ''
  return {
    name: 'compressed-copies',
    configResolved(config) {
      folder = config.build.outDir
    },
    closeBundle() {
      for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
        if (!COMPRESSED.test(name)) continue
        const file = join(folder, name)
        const text = readFileSync(file)
        writeFileSync(`${file}.br`, brotliCompressSync(text))
        writeFileSync(`${file}.gz`, gzipSync(text, { level: 9 }))
      }
    },
  }
}

export default defineConfig({
  base: '/assets/',
  plugins: [tailwindcss(), compressed()],
  build: {
    manifest: true,
    target: 'es2022',
    assetsDir: '.',
    modulePreload: false,
    reportCompressedSize: false,
    rollupOptions: { input: ['src/main.ts', 'src/main.css'] },
  },
})
