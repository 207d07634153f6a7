import { existsSync } from 'node:fs'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { build } from './build.js'
import { leaveOut, putBack } from './left-out.js'
import { restorePackage, unpacked } from './postpack.js'

/**
 * Before `npm pack`: builds into an empty `dist`, and has the tarball carry the packages that it runs with, as locked
 * and tested: npm follows no lock of a package that it installs. `postpack` puts back what is changed for it.
 */
if (existsSync(unpacked)) await restorePackage()
else await putBack()
await rm('dist', { recursive: true, force: true })
await build()
const text = await readFile('package.json', 'utf8')
const { devDependencies: _, overrides: __, allowScripts: ___, ...kept } = JSON.parse(text)
await writeFile(unpacked, text)
await leaveOut()
await writeFile('package.json', `${JSON.stringify({ ...kept, bundleDependencies: true }, null, 2)}\n`)
