// The main path on a phone; an older failure comes after the gateway's success.
import { mainPath } from '../lib/main_path.mjs'
import { walk } from '../lib/walk.mjs'

walk('The main path on a phone', { name: 'phone' }, (it) => mainPath(it, { size: 'phone', trick: 'disorder' }))
