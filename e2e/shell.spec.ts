/** The page as such: it comes up in silence, keeps to its policy and its origin, and remembers language and theme. */
import { expect, test } from './quiet'

test('canvas and editor come up', async ({ page }) => {
  await page.goto('./')
  await expect(page).toHaveTitle(/Egress/)
  await expect(page.locator('.react-flow__node').first()).toBeVisible()
  await expect(page.locator('.monaco-editor .view-line').first()).toBeVisible()
  await expect(page.locator('.monaco-editor .view-lines')).toContainText('apiVersion')
})

test('the page carries its policy, and the server adds what only a header can say', async ({ page }) => {
  const response = await page.goto('./')
  const headers = response?.headers() ?? {}
  const written = await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute('content')
  expect(written).toContain("script-src 'self'")
  expect(headers['content-security-policy']).toBe(`${written}; frame-ancestors 'none'`)
  expect(headers['x-content-type-options']).toBe('nosniff')
  expect(headers['referrer-policy']).toBe('no-referrer')
})

test.describe('what breaks the policy', () => {
  test.use({ loud: true })

  test('is heard: text as HTML, a style attribute', async ({ page, noise }) => {
    await page.goto('./')
    await page.evaluate(() => {
      try {
        document.createElement('div').innerHTML = '<p>'
      } catch {
        // That is what the policy is for.
      }
      document.body.setAttribute('style', 'color: red')
    })
    const heard = (directive: string) => expect.poll(() => noise.some((each) => each.startsWith(`policy: ${directive} `))).toBe(true)
    await heard('require-trusted-types-for')
    await heard('style-src-attr')
  })
})

test.describe('before the app', () => {
  test.use({ fresh: true })

  test('language and theme of the last visit stand', async ({ page }) => {
    await page.addInitScript(() => {
      localStorage.setItem('egress.theme', 'dark')
      localStorage.setItem('egress.lang', 'zh')
    })
    await page.route(/\/assets\/.*\.js$/, (route) => route.fulfill({ contentType: 'text/javascript', body: '' }))
    await page.goto('./')
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
    await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN')
  })
})

test.describe('without JavaScript', () => {
  test.use({ fresh: true, javaScriptEnabled: false })

  test('the page says what it needs, in both languages', async ({ page }) => {
    await page.goto('./')
    const says = page.locator('noscript p')
    await expect(says).toHaveText([/needs JavaScript/, /需要启用 JavaScript/])
    await expect(says.first()).toBeVisible()
  })
})
