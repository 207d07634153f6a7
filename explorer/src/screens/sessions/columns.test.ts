import { expect, test } from 'vitest'
import { columnOf, tracksOf, usualColumns } from './columns'

/** The least that the tracks of a list so wide need: their first numbers, with what stands between them. */
const leastOf = (width: number) => {
  const tracks = tracksOf(usualColumns(width)).split(/ (?![^(]*\))/)
  const pixels = tracks.map((track) => {
    const [, least, hundredths] = /(\d+)px(?:, (\d+)cqi)?/.exec(track) ?? []
    return Math.max(Number(least), (Number(hundredths ?? 0) * width) / 100)
  })
  return pixels.reduce((sum, each) => sum + each + 8, 8)
}

test.each([453, 552, 752, 900, 1032, 1152, 1672, 2272, 3552])(
  'a list of %d pixels shows what fits it, without scrolling sideways',
  (width) => {
    expect(leastOf(width)).toBeLessThanOrEqual(width)
    expect(usualColumns(width)).toEqual(expect.arrayContaining(['cost', 'activity']))
  },
)

test('all that is usual shows where there is room', () => {
  expect(usualColumns(1032)).not.toContain('labels')
  expect(usualColumns(1032)).toContain('messages')
  expect(usualColumns(1176)).toContain('labels')
})

test.each(['agent', 'model'] as const)('an empty name of the %s is none, not a name to be shown', (name) => {
  const cell = (value: string | null) => columnOf(name).cell({ [name]: value } as never, 0)
  expect(cell('')).toBe(cell(null))
  expect(cell('coder')).toBe('coder')
})
