// Sets theme and language before the first paint. A file of its own, because the policy allows no inline script.
;(() => {
  const root = document.documentElement
  const asked = new URLSearchParams(location.search)
  const isEmbedded = root.dataset.embed !== undefined
  // What is shown in other pages is a page of its own, with a policy of its own; it keeps nothing, so it says itself how it looks.
  if (asked.has('embed') && !isEmbedded) return location.replace(`embed.html${location.search}${location.hash}`)
  const remembered = (key) => {
    if (isEmbedded) return asked.get(key)
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
