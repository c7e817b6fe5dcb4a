// The main path without scripts; a notice in another currency comes before the true one.
import { mainPath } from '../lib/main_path.mjs'
import { walk } from '../lib/walk.mjs'

walk('The main path without scripts', { name: 'no-scripts' }, (it) => mainPath(it, { scripts: false, trick: 'currency' }))
