// The main path once more on PostgreSQL, with notices for another order before the true ones, in a database of its own; JIEDAN_TEST_PG says where (a URL).
import { execFile } from 'node:child_process'
import { after, test } from 'node:test'
import { promisify } from 'node:util'
import { mainPath } from '../lib/main_path.mjs'
import { walk } from '../lib/walk.mjs'

const server = process.env.JIEDAN_TEST_PG

if (server) {
  const name = `walk_${process.pid}_${Date.now()}`
  const sql = (text) => promisify(execFile)('psql', [server, '-v', 'ON_ERROR_STOP=1', '-c', text])
  await sql(`CREATE DATABASE ${name}`)
  after(() => sql(`DROP DATABASE ${name} WITH (FORCE)`))
  const database = new URL(server)
  database.pathname = `/${name}`
  walk('The main path on PostgreSQL', { name: 'postgres', database: database.href }, (it) => mainPath(it, { trick: 'order' }))
} else {
  test('The main path on PostgreSQL', { skip: 'JIEDAN_TEST_PG is not set' })
}
