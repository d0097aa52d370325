/** For everyone: no finding of axe, a name on everything, visible focus, and the whole job without a mouse. */
import type { Page } from '@playwright/test'
import { expectClean } from './axe'
import { expect, first, golden, test } from './designer'

const words = {
  en: {
    problems: 'Problems',
    trace: 'Trace',
    send: 'Send',
    importYaml: 'Import',
    gallery: 'Gallery',
    addFlow: 'Add flow',
    help: 'Help and keys',
    outside: first.outside,
  },
  zh: {
    problems: '问题',
    trace: '逐跳推演',
    send: '发送',
    importYaml: '导入',
    gallery: '示例库',
    addFlow: '添加路径',
    help: '帮助与快捷键',
    outside: '网关 istio-egressgateway 到 主机 edition.cnn.com，SIMPLE',
  },
}

/** What does not change from step to step need not be looked at in each. */
const editor = 'section [role="code"]'

for (const lang of ['en', 'zh'] as const)
  for (const theme of ['light', 'dark'] as const)
    test.describe(`axe finds nothing, ${lang}, ${theme}`, () => {
      const said = words[lang]

      test.beforeEach(async ({ page }) => {
        await page.emulateMedia({ colorScheme: theme })
        await page.evaluate((lang) => localStorage.setItem('egress.lang', lang), lang)
        await page.goto('./')
        await expect(page.getByRole('region', { name: 'YAML' }).locator('.view-line').first()).toBeVisible()
        await expect(page.locator('html')).toHaveAttribute('lang', lang === 'zh' ? 'zh-CN' : 'en')
      })

      test('on the page, with a hop and its picker, in each dialog', async ({ page }) => {
        test.slow()
        await test.step('first view', () => expectClean(page))
        await test.step('picker and inspector', async () => {
          await page.getByRole('button', { name: said.outside }).click()
          await expect(page.getByRole('option', { name: /^SIMPLE/ })).toBeVisible()
          await expectClean(page, { but: [editor] })
          await page.keyboard.press('Escape')
        })
        await test.step('a node with a problem', async () => {
          await page.getByRole('group', { name: / edition\.cnn\.com$/ }).click({ position: { x: 60, y: 18 } })
          await page.getByRole('textbox', { name: lang === 'zh' ? '主机名' : 'Host name' }).fill('https://edition.cnn.com/politics')
          await expectClean(page, { but: [editor] })
        })
        await test.step('problems', async () => {
          await page.getByRole('tab', { name: new RegExp(`^${said.problems}`) }).click()
          await expect(page.getByRole('region', { name: said.problems, exact: true }).getByRole('listitem').first()).toBeVisible()
          const folded = page.getByRole('tabpanel').locator('[aria-expanded="false"]')
          while ((await folded.count()) > 0) await folded.first().click()
          await expectClean(page, { but: [editor] })
        })
        await test.step('trace', async () => {
          await page.getByRole('tab', { name: new RegExp(`^${said.trace}`) }).click()
          await page.getByRole('textbox', { name: 'URL' }).fill('http://edition.cnn.com/')
          await page.getByRole('button', { name: said.send, exact: true }).click()
          await expect(page.getByRole('tabpanel').getByRole('listitem').first()).toBeVisible()
          await expectClean(page, { but: [editor] })
        })
        for (const name of [said.gallery, said.addFlow, said.importYaml, said.help])
          await test.step(name, async () => {
            await page.getByRole('button', { name, exact: true }).click()
            await expect(page.getByRole('dialog')).toBeVisible()
            await expectClean(page, { but: ['main'] })
            await page.keyboard.press('Escape')
            await expect(page.getByRole('dialog')).toBeHidden()
          })
      })
    })

test('axe finds nothing in what shows a change, in Chinese, dark and light', async ({ page }) => {
  const clean = async () => {
    await expect(page.locator('.preview .how').first()).toBeVisible()
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme })
      await expectClean(page, { within: 'dialog' })
    }
  }
  await page.evaluate(() => localStorage.setItem('egress.lang', 'zh'))
  await page.goto('./')
  const text = golden('tls-origination-mtls').replace(
    /^( *)- name: originate\n( *)trafficPolicy:\n/m,
    '$1- name: originate\n$2trafficPolicy:\n$2  loadBalancer: {simple: LEAST_REQUEST}\n',
  )
  await test.step('an import', async () => {
    await page.getByRole('button', { name: '导入', exact: true }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox').fill(text.replace('resolution: DNS', 'resolution: DNS_ROUND_ROBIN'))
    await dialog.getByRole('button', { name: '读取', exact: true }).click()
    await dialog.getByText('改动', { exact: true }).click()
    await clean()
    await dialog.getByRole('button', { name: '接受', exact: true }).click()
    await expect(dialog).toBeHidden()
  })
  await test.step('two texts', async () => {
    await page.getByRole('button', { name: '比较…', exact: true }).click()
    await page.getByRole('dialog').getByRole('textbox').fill(golden('direct'))
    await clean()
    await page.keyboard.press('Escape')
  })
  await test.step('an edit that costs', async () => {
    await page.getByRole('button', { name: words.zh.outside }).click()
    await page.getByRole('option', { name: /^DISABLE/ }).click()
    await clean()
  })
})

test('every control has a name', async ({ designer, page }) => {
  await designer.hop(first.outside).click()
  await nothingNameless(page)
  await designer.press('Escape')
  await designer.clickNode(first.host)
  await nothingNameless(page)
  for (const dialog of ['Gallery', 'Add flow', 'Help and keys']) {
    await designer.button(dialog).click()
    await expect(page.getByRole('dialog')).toBeVisible()
    await nothingNameless(page)
    await designer.press('Escape')
  }
})

test('Tab reaches every control in turn, never gets stuck, and the focus can be seen everywhere', async ({ designer, page }) => {
  test.slow()
  const reached: string[] = []
  await page.getByRole('textbox', { name: 'Name of the design' }).focus()
  for (let presses = 0; presses < 80; presses++) {
    const now = await focused(page)
    if (now.name === 'page') break
    if (reached.includes(now.name) && now.name === reached[0]) break
    expect(now.seen, `${now.name} does not show its focus`).toBe(true)
    reached.push(now.name)
    await designer.press('Tab')
  }
  for (const name of [
    'Gallery',
    'Add flow',
    'Language',
    'Add Pod',
    'Add Host',
    first.pod,
    first.gateway,
    first.host,
    first.app,
    first.mesh,
    first.outside,
    'Tidy',
    'Width of the right pane',
    'Dialect',
    'Copy YAML',
    'Download YAML',
    'YAML. What you write is drawn. Tab leaves the text; Ctrl+M lets Tab indent.',
  ])
    expect(reached).toContain(name)
})

test('a flow is drawn by keys alone: Ctrl+Right connects, Enter opens the picker', async ({ designer, page }) => {
  await designer.clear()
  await focusByTab(page, 'Add Pod')
  await designer.press('Enter')
  await expect(designer.nodes('pod')).toHaveCount(1)
  await focusByTab(page, first.sidecar)
  await designer.press('Control+ArrowRight')
  await expect(page.getByRole('menu').getByRole('menuitem', { name: 'New Gateway' })).toBeFocused()
  await designer.press('Enter')
  await expect(designer.hop(first.mesh)).toBeVisible()
  await focusByTab(page, first.gateway)
  await designer.press('Control+ArrowRight')
  // Nothing else can follow: it is made at once.
  await expect(designer.hop(first.outside)).toBeVisible()
  await designer.expectText(golden('tls-origination-mtls'))

  await focusByTab(page, first.mesh)
  await designer.press('Enter')
  await designer.press('ArrowUp')
  await designer.press('Enter')
  await expect(designer.hop('sidecar sleep to gateway istio-egressgateway, DISABLE')).toBeVisible()
  await designer.expectText(golden('tls-origination'))
})

test('what happens on the canvas is said', async ({ designer }) => {
  await designer.chooseTls(first.outside, 'DISABLE')
  await expect(designer.notice).toHaveText('DISABLE on gateway istio-egressgateway to host edition.cnn.com: 3 objects, 23 lines.')
  await designer.press('Control+z')
  await expect(designer.notice).toHaveText('Undone: TLS mode.')
  await designer.clickNode(first.host)
  await designer.press('Delete')
  await expect(designer.notice).toHaveText(/^host edition\.cnn\.com removed: \d objects, \d+ lines\.$/)
})

test('a dialog keeps the focus and gives it back', async ({ designer, page }) => {
  for (const name of ['Gallery', 'Add flow', 'Help and keys']) {
    await designer.button(name).focus()
    await designer.press('Enter')
    const dialog = page.getByRole('dialog')
    await expect(dialog).toBeVisible()
    for (let presses = 0; presses < 4; presses++) {
      await designer.press('Tab')
      expect(await dialog.evaluate((element) => element.contains(document.activeElement) || document.activeElement === document.body)).toBe(
        true,
      )
    }
    await designer.press('Escape')
    await expect(dialog).toBeHidden()
    await expect(designer.button(name)).toBeFocused()
  }
})

test('Tab leaves the editor', async ({ designer, page }) => {
  const editor = designer.yaml.getByRole('textbox', { name: /^YAML\. What you write/ })
  await focusByTab(page, 'YAML. What you write is drawn. Tab leaves the text; Ctrl+M lets Tab indent.')
  await expect(editor).toBeFocused()
  await designer.press('Shift+Tab')
  await expect(editor).not.toBeFocused()
  await designer.press('Tab')
  await expect(editor).toBeFocused()
  await designer.press('Tab')
  await expect(editor).not.toBeFocused()
})

test('targets are at least 24 pixels tall and wide', async ({ designer, page }) => {
  await designer.clickNode(first.host)
  const small = await page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('button, select, input:not([type="radio"]), summary')]
      .filter((element) => element.checkVisibility() && !element.closest('.monaco-editor') && element.getBoundingClientRect().width > 1)
      .map((element) => ({
        name: element.getAttribute('aria-label') ?? element.textContent,
        box: (element.closest('label') ?? element).getBoundingClientRect(),
      }))
      .filter(({ box }) => box.width < 23.5 || box.height < 23.5)
      .map(({ name, box }) => `${name}: ${Math.round(box.width)} x ${Math.round(box.height)}`),
  )
  expect(small).toEqual([])
})

async function nothingNameless(page: Page): Promise<void> {
  for (const role of ['button', 'combobox', 'textbox', 'checkbox', 'radio', 'separator', 'region', 'dialog', 'option', 'menuitem'] as const)
    await expect(async () => {
      const all = await page.getByRole(role).count()
      expect(await page.getByRole(role, { name: /\S/ }).count(), role).toBe(all)
    }).toPass({ timeout: 30_000 })
}

/** What has the focus, by its name, and whether one can see that it has it. */
function focused(page: Page): Promise<{ name: string; seen: boolean }> {
  return page.evaluate(() => {
    const now = document.activeElement as HTMLElement
    if (!now || now === document.body) return { name: 'page', seen: true }
    const label = (now as HTMLInputElement).labels?.[0]?.textContent
    const name = now.ariaLabel ?? label ?? (now.textContent || now.tagName)
    const shows = (element: Element) => {
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element)
      return (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 1) || boxShadow !== 'none'
    }
    const around = [now, now.parentElement, now.querySelector(':scope > *'), now.closest('label'), now.closest('[role="code"]')]
    return { name, seen: around.some((element) => element && shows(element)) }
  })
}

async function focusByTab(page: Page, name: string): Promise<void> {
  for (let presses = 0; presses < 80; presses++) {
    if ((await focused(page)).name === name) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab never reaches ${name}.`)
}
