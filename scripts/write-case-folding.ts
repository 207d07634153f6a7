import { writeFile } from 'node:fs/promises'
import { foldingFunction, foldingModule } from './case-folding.js'

/** Writes the table of case folding, and prints the function for the migration that brings it into stores. */
await writeFile('src/rules/case-folding.generated.ts', foldingModule())
console.log(foldingFunction())
