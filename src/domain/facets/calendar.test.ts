import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bucketStarts, fittingBucket, requireTimeZone } from './calendar.js'

const at = (text: string) => Date.parse(text)
const zones = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'America/Sao_Paulo',
]

const clock = (moment: number, timeZone: string) =>
  new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
    .format(moment)
    .replace(',', '')

test('buckets begin at whole hours, midnights and those of Mondays, as clocks of the zone show them', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: at('2019-01-01'), max: at('2030-01-01') }),
      fc.integer({ min: 0, max: 20 * 86_400_000 }),
      fc.constantFrom(...zones),
      async (first, length, zone) => {
        for (const bucket of ['HOUR', 'DAY', 'WEEK'] as const) {
          const starts = await bucketStarts(first, first + length, bucket, zone)
          expect(starts[0]).toBeLessThanOrEqual(first)
          expect(starts).toEqual([...starts].sort((a, b) => a - b))
          expect(new Set(starts).size).toBe(starts.length)
          for (const start of starts) {
            const [day, time = ''] = clock(start, zone).split(' ')
            if (bucket === 'WEEK') expect(day).toBe('Mon')
            // Clocks of Sao Paulo leapt over midnight till 2019, those of Lord Howe leap by half an hour.
            if (bucket !== 'HOUR' && zone !== 'America/Sao_Paulo') expect(time).toBe('00:00')
            if (bucket === 'HOUR' && zone !== 'Australia/Lord_Howe') expect(time.slice(-2)).toBe('00')
          }
        }
      },
    ),
    { numRuns: 60 },
  )
})

test('a day on which clocks change has 23 or 25 hours', async () => {
  const hours = (day: string, next: string) => (at(next) - at(day)) / 3_600_000
  expect(hours('2026-03-28T23:00Z', '2026-03-29T22:00Z')).toBe(23)
  expect(
    await bucketStarts(at('2026-03-29T10:00Z'), at('2026-03-30T10:00Z'), 'DAY', 'Europe/Berlin'),
  ).toEqual([at('2026-03-28T23:00Z'), at('2026-03-29T22:00Z')])
  expect(
    await bucketStarts(at('2026-10-25T00:30Z'), at('2026-10-25T02:30Z'), 'HOUR', 'Europe/Berlin'),
  ).toHaveLength(3)
})

test('a bucket begins at the last moment too, and years before the first have their midnights', async () => {
  const midnight = at('2026-01-02')
  expect(await bucketStarts(at('2026-01-01'), midnight, 'DAY', 'UTC')).toEqual([at('2026-01-01'), midnight])
  const ancient = at('-000043-03-15T12:00Z')
  expect(await bucketStarts(ancient, ancient, 'DAY', 'UTC')).toEqual([at('-000043-03-15')])
  const [start = 0] = await bucketStarts(ancient, ancient, 'DAY', 'Asia/Kolkata')
  expect(ancient - start).toBeLessThan(86_400_000)
  expect(clock(start, 'Asia/Kolkata')).toMatch(/00:00$/)
})

test('a time zone is one of the database, of up to 64 characters', () => {
  for (const zone of zones) expect(() => requireTimeZone(zone)).not.toThrow()
  for (const zone of ['', 'Mars/Olympus', `Europe/${'x'.repeat(60)}`])
    expect(() => requireTimeZone(zone)).toThrow('timeZone: Takes a time zone')
})

test('more buckets than 10,000 are refused', async () => {
  const hour = 3_600_000
  await expect(bucketStarts(0, 9999 * hour, 'HOUR', 'UTC')).resolves.toHaveLength(10_000)
  await expect(bucketStarts(0, at('2026-01-01'), 'HOUR', 'UTC')).rejects.toThrow(
    'bucket: More than 10000 buckets',
  )
})

test('buckets that nobody chose are hours up to eight days, days up to two hundred, and weeks beyond', () => {
  const days = (number: number) => fittingBucket(at('2026-01-01'), at('2026-01-01') + number * 86_400_000)
  expect([0, 8, 8.1, 200, 200.1].map(days)).toEqual(['HOUR', 'HOUR', 'DAY', 'DAY', 'WEEK'])
})
