const bidi = '\u202eevil.exe\u2066'

/** Messages that try to run, to load, to mislead and to freeze; the last one is harmless. */
export function hostileMessages(): object[] {
  const texts = [
    '<script>window.hacked = 1</script><img src=x onerror="window.hacked = 1"><svg onload="window.hacked = 1"></svg>',
    '<iframe src="https://attacker.example/"></iframe><form action="https://attacker.example/"><input name=a></form>',
    '![tracker](https://attacker.example/pixel.png) [link](javascript:window.hacked=1) [data](data:text/html,<script>1</script>)',
    '[ref]: javascript:window.hacked=1\n\n[ref] <a href="vbscript:x">v</a> <style>body { display: none }</style>',
    `\u001b[31mred\u001b[0m \u001b]8;;https://attacker.example\u0007click\u001b]8;;\u0007 ${bidi}`,
    '```html\n<script>window.hacked = 1</script>\n```\n\n```ts\nconst a = "x"\n```',
    'x'.repeat(1_000_000),
    `${'['.repeat(5000)}${'>'.repeat(2000)}${'* '.repeat(2000)}`,
    `| a |\n| - |\n${'| <b>x</b> |\n'.repeat(500)}`,
  ]
  const call = {
    id: 'call_1',
    name: '<img src=x onerror=alert(1)>',
    arguments: JSON.stringify({
      html: '<script>window.hacked = 1</script>',
      deep: deep(150),
      many: Array(5000).fill(1),
    }),
  }
  return [
    ...texts.flatMap((content) => [message('USER', content), message('ASSISTANT', content)]),
    { ...message('ASSISTANT', ''), toolCalls: [call] },
    { ...message('TOOL', texts.join('\n')), toolCallId: 'call_1' },
    { ...message('ASSISTANT', 'a picture'), metadata: { reasoning_content: texts[0], content: [picture] } },
    message('USER', 'the end of it'),
  ].reverse()
}

const picture = { type: 'image_url', image_url: { url: 'https://attacker.example/picture.png' } }
const message = (role: string, content: string) => ({ id: crypto.randomUUID(), role, content })
const deep = (levels: number): object => (levels === 0 ? {} : { next: deep(levels - 1) })
