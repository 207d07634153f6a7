import { lookupFolding } from 'unicode-case-folding'

/**
 * Marks, and characters made of them, that normalization knows since Unicode 15. A text with one of them is not
 * normalized, since stores and processes of different ages would not agree.
 */
const unsettled: readonly (readonly [first: number, last: number])[] = [
  [0x0897, 0x0897],
  [0x1acf, 0x1aff],
  [0x105d2, 0x105d2],
  [0x105da, 0x105da],
  [0x10d69, 0x10d6d],
  [0x10efa, 0x10eff],
  [0x11382, 0x113d0],
  [0x11f41, 0x11f42],
  [0x1611e, 0x1612f],
  [0x16d63, 0x16d6a],
  [0x1e08f, 0x1e08f],
  [0x1e4ec, 0x1e4ef],
  [0x1e5ee, 0x1e5ef],
  [0x1e6e3, 0x1e6f5],
]

/** What each character above ASCII folds to: the full foldings of Unicode, those of single languages left out. */
function listFoldings(): { from: number; to: string }[] {
  const found: { from: number; to: string }[] = []
  for (let code = 0x80; code <= 0x10ffff; code++) {
    const to = lookupFolding(code)
    if (to !== undefined) found.push({ from: code, to: String.fromCodePoint(...to) })
  }
  return found
}

const foldings = listFoldings()

/** The body of a character class of these code points, as `write` writes one. */
function toClass(runs: Iterable<readonly [number, number]>, write: (code: number) => string): string {
  return [...runs]
    .map(([first, last]) => (first === last ? write(first) : `${write(first)}-${write(last)}`))
    .join('')
}

/** Ascending code points as runs. */
function toRuns(codes: readonly number[]): [number, number][] {
  const runs: [number, number][] = []
  for (const code of codes) {
    const run = runs.at(-1)
    if (run?.[1] === code - 1) run[1] = code
    else runs.push([code, code])
  }
  return runs
}

const foldedRuns = toRuns(foldings.map(({ from }) => from))

/** The table as the gateway reads it. */
export function foldingModule(): string {
  const write = (code: number) => `\\u{${code.toString(16)}}`
  const table = Object.fromEntries(foldings.map(({ from, to }) => [String.fromCodePoint(from), to]))
  return `// Made by \`npm run case-folding\` from the data of Unicode.

/** What each character above ASCII folds to. */
export const foldings: Readonly<Record<string, string>> = ${JSON.stringify(table, null, 1)}

/** Every character that folds to another, above ASCII. */
export const foldable = /[${toClass(foldedRuns, write)}]/gu

/** Characters that stores and processes of different ages do not normalize alike. */
export const unsettled = /[${toClass(unsettled, write)}]/u
`
}

/** The same as a function of PostgreSQL, which depends on no locale. */
export function foldingFunction(): string {
  const write = (code: number) => `\\U${code.toString(16).padStart(8, '0')}`
  const table = Object.fromEntries(foldings.map(({ from, to }) => [String.fromCodePoint(from), to]))
  return `CREATE OR REPLACE FUNCTION fold_text(given text) RETURNS text
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 100 AS $$
DECLARE
    settled boolean;
    folded text;
    found text;
BEGIN
    IF octet_length(given) = char_length(given) THEN
        RETURN lower(given COLLATE "C");
    END IF;
    settled := given !~ '[${toClass(unsettled, write)}]';
    folded := lower((CASE WHEN settled THEN normalize(given, NFC) ELSE given END) COLLATE "C");
    found := substring(folded FROM '[${toClass(foldedRuns, write)}]');
    IF found IS NULL THEN
        RETURN folded;
    END IF;
    LOOP
        folded := replace(folded, found, '${JSON.stringify(table)}'::jsonb ->> found);
        found := substring(folded FROM '[${toClass(foldedRuns, write)}]');
        EXIT WHEN found IS NULL;
    END LOOP;
    RETURN CASE WHEN settled THEN normalize(folded, NFC) ELSE folded END;
END
$$;
`
}
