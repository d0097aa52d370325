// Sets theme and language before the first paint. A file of its own, because the policy allows no inline script.
;(() => {
  const root = document.documentElement
  const remembered = (key) => {
    try {
      return localStorage.getItem(`egress.${key}`)
    } catch {
      return null
    }
  }
  const theme = remembered('theme')
  if (theme === 'light' || theme === 'dark') root.dataset.theme = theme
  const lang = remembered('lang') ?? navigator.language.toLowerCase()
  root.lang = lang.startsWith('zh') ? 'zh-CN' : 'en'
})()
