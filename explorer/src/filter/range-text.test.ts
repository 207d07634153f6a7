import { expect, test } from 'vitest'
import { rangeText, scoreText } from './range-text'

test('ranges read as people say them', () => {
  expect(rangeText('failed', { min: 0, max: 0 })).toBe('none')
  expect(rangeText('failed', { min: 1, max: 1 })).toBe('1')
  expect(rangeText('failed', { min: 2, max: 4 })).toBe('2 – 4')
  expect(rangeText('failed', { min: 50, max: null })).toBe('50 or more')
  expect(rangeText('duration', { min: 0, max: 9_999 })).toBe('under 10 s')
  expect(rangeText('duration', { min: 3_600_000, max: 14_399_999 })).toBe('1 h – 4 h')
  expect(rangeText('cost', { min: null, max: 0.5 })).toBe('$0 – $0.5')
})

test('ranges of scores read so too, those below nothing among them', () => {
  expect(scoreText({ min: 0.5, max: null })).toBe('0.5 and more')
  expect(scoreText({ min: null, max: -1 })).toBe('up to -1')
  expect(scoreText({ min: 0, max: 1 })).toBe('0 – 1')
  expect(scoreText({ min: 1, max: 1 })).toBe('1')
})
