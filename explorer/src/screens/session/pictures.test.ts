import { expect, test } from 'vitest'
import { pixelsOf } from './pictures'

const base64 = (...bytes: number[]) =>
  btoa(String.fromCharCode(...bytes, ...Array.from({ length: 40 }, () => 0)))
const letters = (text: string) => [...text].map((letter) => letter.charCodeAt(0))

test.each([
  [
    'PNG',
    [0x89, ...letters('PNG\r\n\x1a\n'), 0, 0, 0, 13, ...letters('IHDR'), 0, 0, 1, 0, 0, 0, 2, 0],
    256 * 512,
  ],
  ['GIF', [...letters('GIF89a'), 3, 0, 0, 1], 3 * 256],
  [
    'WebP',
    [...letters('RIFF'), 0, 0, 0, 0, ...letters('WEBPVP8X'), 10, 0, 0, 0, 0, 0, 0, 0, 9, 0, 0, 19, 0, 0],
    200,
  ],
  ['JPEG', [0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 1, 0xff, 0xc2, 0, 11, 8, 0, 100, 0, 50], 5000],
])('the size of a %s stands in its head', (_, bytes, pixels) => {
  expect(pixelsOf(base64(...bytes))).toBe(pixels)
})

test.each(['', 'no base64!', base64(0xff, 0xd8, 1), base64(...letters('<svg'))])(
  '%j tells no size',
  (text) => {
    expect(pixelsOf(text)).toBeNull()
  },
)
