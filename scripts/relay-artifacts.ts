import { mkdir, rm, writeFile } from 'node:fs/promises'
import { compile, whyNoRelay } from './relay-compiler.js'

const folder = 'examples/clients/__generated__'

/** Writes what `examples/clients/relay.ts` runs; leaves it as it is where the compiler does not run. */
if (whyNoRelay !== null) console.log(`not written: ${whyNoRelay}`)
else {
  const { artifacts } = await compile()
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  for (const [name, text] of Object.entries(artifacts))
    if (name.startsWith('FrontEnd')) await writeFile(`${folder}/${name}`, text)
}
