/** Another language for the page. */
import type { Lang } from '../../core/base/text'
import { saying } from '../state/saying'
import { say } from '../state/step'
import { store } from '../state/store'
import { wordsIn } from './words'

let wish: Lang | null = null

/** Everything changes at once, when all that is open is there in the language; where that cannot be loaded, the language stays and says so. */
export async function chooseLang(lang: Lang): Promise<void> {
  wish = lang
  try {
    const [words] = await Promise.all([wordsIn(lang), loadLesson(lang)])
    if (wish === lang) store.setState({ lang, words })
  } catch {
    if (wish === lang) say(missing[lang])
  }
}

/** The lesson takes itself up in the new language (`lesson-live.ts`): here it is made sure that this takes no time. */
async function loadLesson(lang: Lang): Promise<void> {
  const { lesson } = store.getState()
  if (lesson) await (await import('../lesson/lesson-language')).lessonIn(lesson, lang)
}

const missing = { en: saying('noEnglish'), zh: saying('noChinese') }
