import { readdirSync, readFileSync } from 'node:fs'
import { analyse } from 'scslre'
import ts from 'typescript'
import { expect, test } from 'vitest'

/** They take more than linear time of a long text, and meet none: what they read is ours, or an operator's. */
const ofShortTexts: Record<string, string> = {
  'src/config/values.ts /\\s*,\\s*(?=\\w+:\\/\\/)/': 'a setting',
  'src/db/host-list.ts /^(postgres(?:ql)?:\\/\\/(?:[^/?#]*@)?)([^/?#]*)(.*)$/': 'a setting',
  'src/domain/sign-in/grants.ts /^(?<claim>.+):(?<value>[^:]+)=(?<organization>[^/]+)\\/(?<workspace>[^:]+):(?<role>read|write|admin)$/':
    'a setting',
  'src/cli/gateway/client.ts /\\/+$/': 'a flag',
  'src/graphql/facets/sums.ts /\\.?0+$/': 'a number',
  'explorer/src/charts/measures.ts /\\.?0+$/': 'a number',
}

/** The regular expressions of a file, as they stand there. */
function* literalsOf(path: string): Generator<string> {
  const kind = path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS
  const text = readFileSync(path, 'utf8')
  const waiting: ts.Node[] = [ts.createSourceFile(path, text, ts.ScriptTarget.Latest, false, kind)]
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (ts.isRegularExpressionLiteral(node)) yield node.text
    ts.forEachChild(node, (child) => void waiting.push(child))
  }
}

/** Whether some text takes this expression more time than in proportion to its length. */
function isSlow(literal: string): boolean {
  const [, source = '', flags = ''] = /^\/(.*)\/([a-z]*)$/s.exec(literal) ?? []
  const reportTypes = { Move: true, Self: true, Trade: true }
  return analyse({ source, flags }, { reportTypes }).reports.length > 0
}

test('a checker of regular expressions knows a slow one', () => {
  const slow = ['/^(a+)+$/', '/(a|a)*b/', '/x*x*y/', '/\\s+$/']
  expect(['/^a+b$/', ...slow].filter(isSlow)).toEqual(slow)
})

test('no regular expression takes more than linear time of a text that somebody else wrote', {
  timeout: 120_000,
}, () => {
  const files = ['src', 'explorer/src'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((path) => /\.tsx?$/.test(path) && !/\.test\.|generated/.test(path))
      .map((path) => `${folder}/${path}`),
  )
  const found = files.flatMap((path) => [...new Set(literalsOf(path))].map((literal) => ({ path, literal })))
  expect(found.length).toBeGreaterThan(200)
  const slow = found.filter(({ literal }) => isSlow(literal)).map(({ path, literal }) => `${path} ${literal}`)
  expect(slow.toSorted()).toEqual(Object.keys(ofShortTexts).toSorted())
})
