import { expect, test } from 'vitest'
import { graphiqlPage } from './graphiql.js'
import { escapeHtml, jsonForScript } from './html.js'

test('JSON in a script element cannot end the element', () => {
  const text = jsonForScript({ a: '</script><!--' })
  expect(text).not.toContain('<')
  expect(JSON.parse(text)).toEqual({ a: '</script><!--' })
})

test('text in HTML stays text', () => {
  expect(escapeHtml(`<a href="x">'&`)).toBe('&lt;a href=&quot;x&quot;&gt;&#39;&amp;')
})

test('the GraphiQL page holds the demo key only when it is given one', () => {
  const examples = [{ query: '{ viewer { id } }', variables: {} }]
  expect(graphiqlPage({ demoKey: 'sgw_demo_admin', examples })).toContain('Bearer sgw_demo_admin')
  expect(graphiqlPage({ demoKey: null, examples })).not.toContain('Bearer')
})
