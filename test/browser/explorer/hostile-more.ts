const message = (role: string, content: string, more: object = {}) => ({
  ...{ id: crypto.randomUUID(), role, content },
  ...more,
})

/** Messages that stand behind a fold, made to stop the page that opens it: up to as long as the gateway takes. */
function folded(): Record<string, string> {
  return {
    'a line of 5 MB': 'x'.repeat(5_000_000),
    'code of 100,000 lines': `\`\`\`js\n${'let a = 1\n'.repeat(100_000)}\`\`\``,
    'a table of 20,000 rows': `| a | b |\n| - | - |\n${'| <img src=x> | 1 |\n'.repeat(20_000)}`,
    'a table of 100,000 rows': `|a|\n|-|\n${'|b|\n'.repeat(100_000)}`,
    'quotes in quotes': '>'.repeat(90_000),
    headings: 'a\n=\n'.repeat(20_000),
    columns: `${'|a'.repeat(15_000)}|\n${'|-'.repeat(15_000)}|`,
    elements: '*a* '.repeat(20_000),
    colours: '\u001b[31ma\u001b[0m'.repeat(10_000),
  }
}

/** Messages that a page has to take apart to show them, short enough to be shown whole. */
function burdens(): Record<string, string> {
  const short = 3900
  return {
    'quotes in quotes': '>'.repeat(short),
    'lists in lists': '- '.repeat(short / 2),
    'lists fifty deep': Array.from({ length: 50 }, (_, level) => `${'  '.repeat(level)}- a`).join('\n'),
    'pictures of graphs and formulas':
      '```mermaid\ngraph TD; a[<img src=x onerror=hacked=1>]-->b; click b "javascript:hacked=1"\n```\n\n$$\\href{javascript:hacked=1}{x}$$',
    'emphasis in emphasis': '*a **b '.repeat(short / 7),
    'pictures in pictures': `${'!['.repeat(short / 4)}x${']('.repeat(10)}`,
    'brackets that never close': '['.repeat(short),
    'a table of many columns': `${'|a'.repeat(600)}|\n${'|-'.repeat(600)}|\n${'|b'.repeat(600)}|`,
    'code that no grammar likes': `\`\`\`ts\n${'('.repeat(1900)}\n${'<'.repeat(1900)}\n\`\`\``,
    'code that a grammar goes back over': `\`\`\`html\n${'<a '.repeat(600)}\n${'a="'.repeat(600)}\n\`\`\``,
    'colours without an end': `${'\u001b[31m\u001b[42m'.repeat(350)}x`,
    'links that run':
      '[a](javascript:alert(1)) [b](JaVaScRiPt&colon;alert(1)) <javascript:alert(1)> [c](vbscript:x) [d](data:image/svg+xml;base64,PHN2Zy8+)',
    'pictures that tell':
      '![a](data:image/svg+xml;base64,PHN2Zy8+) ![b](//attacker.example/x.png) <img src="https://attacker.example/y.png">',
    'words turned around': '\u202egnp.exe\u2069 \u2066a\u2067b a\u200bb',
  }
}

/** A list of forty lists of forty, so deep. */
const wide = (levels: number): unknown[] =>
  Array.from({ length: 40 }, () => (levels === 0 ? 1 : wide(levels - 1)))

/** As long as the gateway takes arguments. */
const manyKeys = () =>
  JSON.stringify(Object.fromEntries(Array.from({ length: 100_000 }, (_, key) => [key.toString(36), 1])))

const png = (width: number, height: number, bytes: number) => {
  const head = Buffer.alloc(24)
  head.write('\x89PNG\r\n\x1a\n', 'latin1')
  head.write('IHDR', 12, 'latin1')
  head.writeUInt32BE(width, 16)
  head.writeUInt32BE(height, 20)
  return `data:image/png;base64,${Buffer.concat([head, Buffer.alloc(bytes)]).toString('base64')}`
}

/** Pictures that are none, that would run, that tell who reads, and that unpack to more than a page holds. */
const pictures = [
  `data:image/svg+xml;base64,${btoa('<svg xmlns="http://www.w3.org/2000/svg" onload="hacked=1"/>')}`,
  'data:text/html;base64,PHNjcmlwdD5oYWNrZWQ9MTwvc2NyaXB0Pg==',
  'javascript:window.hacked=1',
  'https://attacker.example/pixel.png',
  png(60_000, 60_000, 1000),
  png(1, 1, 1000),
]

/** A session of them, each as the user's words and as an agent's, with a call whose names nobody can see. */
export function burdenMessages(): object[] {
  const toolCalls = [
    {
      id: 'call_1',
      name: '\u200b\u200d',
      arguments: '{"\u202ea":"\u0000\u001b[31m","svg":"<svg onload=alert(1)>"}',
    },
    { id: 'call_long', name: 'n'.repeat(1_000_000), arguments: '{}' },
  ]
  return [
    ...Object.values(burdens()).flatMap((text) => [message('USER', text), message('ASSISTANT', text)]),
    ...Object.values(folded()).map((text) => message('ASSISTANT', text)),
    message('ASSISTANT', 'What I saw.', {
      metadata: {
        content: pictures.map((url, index) => ({ index, part: { type: 'image_url', image_url: { url } } })),
      },
    }),
    message('ASSISTANT', '', { toolCalls }),
    message('ASSISTANT', '', {
      toolCalls: [{ id: 'call_2', name: 'wide', arguments: JSON.stringify(wide(2)) }],
    }),
    message('ASSISTANT', '', { toolCalls: [{ id: 'call_3', name: 'keys', arguments: manyKeys() }] }),
    message('TOOL', `\u001b]0;title\u0007\u001b[2J${'\u202e'.repeat(50)}`, { toolCallId: 'call_1' }),
    message('TOOL', '\u001b[31mred\u001b[0m'.repeat(20_000), { toolCallId: 'call_4' }),
    message('TOOL', `@@ -1 +1 @@\n${'+a\n-b\n'.repeat(25_000)}`, { toolCallId: 'call_5' }),
    message('USER', 'the very end'),
  ]
}
