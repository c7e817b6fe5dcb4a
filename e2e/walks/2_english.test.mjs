// The main path in English; the gateway tells everything twice.
import { mainPath } from '../lib/main_path.mjs'
import { walk } from '../lib/walk.mjs'

walk('The main path in English', { name: 'english' }, (it) => mainPath(it, { lang: 'en', trick: 'twice' }))
