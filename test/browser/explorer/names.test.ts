import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { mutationOf } from '../../support/mutation.js'
import {
  missingForExplorer as missing,
  type OpenExplorer,
  openExplorer,
  place,
  STARTING_MS,
} from './open-explorer.js'

/** Turns the words behind it around, and passes for the same name without them. */
const TWIN = '\u202e\u200b'
const shown = (name: string) => `${name}⟨U+202E⟩⟨U+200B⟩`
const twin = (name: string) => `${name}${TWIN}`

describe.skipIf(missing !== null)(
  `names that pass for others${missing ? ` (skipped: ${missing})` : ''}`,
  () => {
    const id = crypto.randomUUID()
    const groupId = crypto.randomUUID()
    let explorer: OpenExplorer
    let { page, ask, open, save } = {} as OpenExplorer

    beforeAll(async () => {
      explorer = await openExplorer()
      ;({ page, ask, open, save } = explorer)
      await explorer.context.addInitScript(
        "localStorage.setItem('session-gateway.columns', JSON.stringify(['agent','model','owner','labels','project','cost','score:note\u202e\u200b','activity']))",
      )
      const make = (name: string, input: object, chosen = '__typename') =>
        ask(mutationOf(name, chosen), { input })
      const { createProject } = await make(
        'createProject',
        { ...place, slug: 'twin', name: twin('project'), description: twin('words') },
        'project { uuid }',
      )
      const projectId = createProject.project.uuid
      await make('createSessionGroup', {
        ...{ ...place, id: groupId, projectId, kind: 'WORKFLOW', title: twin('group') },
        ...{ worker: twin('worker'), capability: twin('skill') },
      })
      const toolCalls = [
        { id: 'call_1', name: twin('tool'), arguments: '{"a\\u202eb":"c\\u202ed","deep":{"e\\u202ef":"g"}}' },
      ]
      const context = { agent: twin('agent'), model: twin('model'), systemPrompt: 'You obey\u202e' }
      await save(id, twin('title'), [], {
        ...{ agent: context.agent, model: context.model, projectId, groupId },
        labels: [{ key: 'file', values: [twin('value')] }],
      })
      await make('appendTranscript', {
        ...{ ...place, id, context },
        messages: [
          { role: 'USER', content: 'One &#8238;two\u202e and ![pic&#8238;ture](a.png) `co&#8238;de`' },
          { role: 'ASSISTANT', content: 'Called.', toolCalls, usage: { inputTokens: 20, outputTokens: 5 } },
          { role: 'TOOL', content: 'exit 2 \u202e', toolCallId: 'call_1', isError: true },
        ],
      })
      for (const source of ['PERSON', 'RULE'])
        await make('createAnnotation', {
          ...{
            ...place,
            id,
            source,
            name: twin('note'),
            label: twin('good'),
            note: 'said\u202e',
            score: '1',
          },
        })
      await make('saveFilter', {
        ...{ ...place, id: crypto.randomUUID(), filter: {}, name: twin('view') },
      })
      await make('createApiKey', { ...place, name: twin('robot'), scopes: ['sessions:read'] })
      await make('createWorkspace', {
        ...{ organization: 'acme', slug: 'twin', name: twin('room'), description: twin('words') },
      })
    }, STARTING_MS)

    afterEach(() => {
      expect(explorer.troubles.splice(0)).toEqual([])
    })

    afterAll(() => explorer?.close())

    /** Texts and spoken names of the page that hold what nobody could see. */
    const hidden = () =>
      page.evaluate(() => {
        const raw = /[\u200b\u202a-\u202e\u2066-\u2069]/
        const texts = [document.title]
        const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
        while (walk.nextNode()) texts.push(walk.currentNode.nodeValue ?? '')
        for (const element of document.querySelectorAll('[title], [aria-label], [alt]'))
          for (const name of ['title', 'aria-label', 'alt']) texts.push(element.getAttribute(name) ?? '')
        return texts.filter((text) => raw.test(text)).map((text) => JSON.stringify(text.slice(0, 200)))
      })
    const sees = async (...names: string[]) => {
      for (const name of names) await page.getByText(shown(name)).first().waitFor()
      await explorer.quiet()
      expect(await hidden()).toEqual([])
    }

    test('in the list, its filters and its menus', async () => {
      await open(`/w/acme/main/sessions?agent=${encodeURIComponent(twin('agent'))}`, { width: 2400 })
      await sees('title', 'agent', 'model', 'value', 'project', 'note', 'tool')
      await page.getByRole('button', { name: 'Saved' }).click()
      await sees('view')
      await page.keyboard.press('Escape')
      await page.getByRole('button', { name: 'columns' }).click()
      await sees('note')
      await page.keyboard.press('Escape')
      await page.getByRole('button', { name: /^last change/ }).click()
      await sees('note')
      await page.keyboard.press('Escape')
      await page.getByRole('checkbox', { name: /^Select title/ }).click()
      await page.getByRole('button', { name: /^Move/ }).click()
      await page.getByRole('menuitem', { name: shown('project') }).waitFor()
      expect(await hidden()).toEqual([])
    })

    test('in a session, down to the arguments of a call and to entities of markdown', async () => {
      await open(`/w/acme/main/sessions/${id}`)
      await sees('title', 'tool', 'agent', 'note', 'good')
      const log = page.getByRole('log')
      await log.getByText('One ⟨U+202E⟩two⟨U+202E⟩').waitFor()
      await log.getByText('a⟨U+202E⟩b').first().waitFor()
      await log.getByText('e⟨U+202E⟩f').first().waitFor()
      await page.getByText(/^SYSTEM/).click()
      await page.getByText('You obey⟨U+202E⟩').first().waitFor()
      await page.getByRole('button', { name: 'by model' }).click()
      await explorer.quiet()
      expect(await hidden()).toEqual([])
      await page.keyboard.press('Escape')
      await page.getByRole('article').getByRole('button', { name: /^note/ }).first().click()
      await page.getByRole('dialog', { name: `Annotation ${shown('note')}` }).waitFor()
      expect(await hidden()).toEqual([])
    })

    test.each([
      ['overview', ['agent', 'model', 'project', 'title']],
      ['groups', ['group', 'project']],
      [`groups/${groupId}`, ['group', 'worker', 'title', 'agent']],
      ['projects', ['project', 'words']],
      ['workspaces', ['room', 'words']],
      ['keys', ['robot']],
      ['audit', ['title']],
    ])('on the screen of %s', async (screen, names) => {
      await open(`/w/acme/main/${screen}`)
      await sees(...names)
    })

    test('in what asks before it acts, and in the menu of workspaces', async () => {
      await open('/w/acme/main/keys')
      await page.getByRole('button', { name: /^Revoke robot/ }).click()
      await page.getByRole('alertdialog', { name: `Revoke ${shown('robot')}?` }).waitFor()
      expect(await hidden()).toEqual([])
      await page.getByRole('button', { name: 'Cancel' }).click()
      await page.getByRole('button', { name: /^Workspace acme/ }).click()
      await page.getByRole('menuitem', { name: shown('room') }).waitFor()
      expect(await hidden()).toEqual([])
      await open('/w/acme/main/projects')
      await page.getByRole('button', { name: /^Delete project/ }).click()
      await page.getByRole('alertdialog', { name: `Delete the project ${shown('project')}?` }).waitFor()
      expect(await hidden()).toEqual([])
    })
  },
)
