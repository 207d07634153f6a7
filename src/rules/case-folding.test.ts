import { expect, test } from 'vitest'
import { foldText } from './case-folding.js'

// That the whole table is Unicode's, and the store's, is held by test/integration/case-folding.test.ts.
test.each([
  ['Fix LOGIN', 'fix login'],
  ['ABC é XYZ', 'abc é xyz'],
  ['é', 'é'],
  ['E\u0301', 'é'],
  ['PRÜFER', 'prüfer'],
  ['Straße STRASSE', 'strasse strasse'],
  ['ΟΔΟΣ ὁδός', 'οδοσ ὁδόσ'],
  ['İ', 'i\u0307'],
  ['ǅ', 'ǆ'],
  ['', ''],
])('%j folds to %j', (text, folded) => {
  expect(foldText(text)).toBe(folded)
  expect(foldText(folded)).toBe(folded)
})
