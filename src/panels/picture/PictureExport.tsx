/** The design as a picture for a slide or a document: looked at first, then shown in full, copied or saved. */
import { useCallback, useMemo, useState } from 'react'
import { coloursOf, type Theme } from '../../core/figure/colours'
import { markup, type SvgElement } from '../../core/figure/element'
import { pageOf } from '../../core/figure/page'
import { download, downloadFile, fileName } from '../../store/actions/deliver'
import { pictureCopied, pngOf } from '../../store/actions/picture-file'
import { titleOf } from '../../store/documents/title'
import { designOf } from '../../store/state/store'
import { useDesigner } from '../../store/state/use'
import { useWords } from '../../store/words/words'
import { Icon, type IconName } from '../../ui/icons'
import { Sheet } from '../../ui/Sheet'
import { svg } from '../../ui/Svg'
import { themeNow } from '../../ui/theme-now'
import tokens from '../../ui/tokens.css?raw'
import { Slide } from './Slide'
import './picture.css'

const parts = ['title', 'headings', 'legend', 'paper'] as const
type Part = (typeof parts)[number]

export default function PictureExport({ onClose }: { onClose(): void }) {
  const shell = useWords()
  const words = shell.picturing
  const design = useDesigner(designOf)
  const lang = useDesigner((s) => s.lang)
  const [theme, setTheme] = useState<Theme>(themeNow)
  const [has, setHas] = useState<Record<Part, boolean>>({ title: true, headings: true, legend: true, paper: true })
  const [full, setFull] = useState(false)
  const leave = useCallback(() => setFull(false), [])
  const title = titleOf(design)
  const page = useMemo(
    () => pageOf(design, { ...has, colours: coloursOf(tokens, theme), lang, title: has.title ? title : null }),
    [design, has, theme, lang, title],
  )
  return (
    <Sheet
      title={words.heading}
      close={shell.close}
      onClose={onClose}
      width={900}
      footer={<Exports page={page} title={title} onFull={() => setFull(true)} />}
    >
      <div className="picture-wish">
        <label>
          {words.theme}{' '}
          <select value={theme} onChange={(event) => setTheme(event.currentTarget.value as Theme)}>
            <option value="light">{words.light}</option>
            <option value="dark">{words.dark}</option>
          </select>
        </label>
        {parts.map((part) => (
          <label key={part}>
            <input type="checkbox" checked={has[part]} onChange={(event) => setHas({ ...has, [part]: event.currentTarget.checked })} />{' '}
            {words[part]}
          </label>
        ))}
      </div>
      <div className={`picture-shown ${theme}`} data-paper={has.paper}>
        {svg(page)}
      </div>
      {full && <Slide page={page} theme={theme} close={shell.close} onClose={leave} />}
    </Sheet>
  )
}

type Done = 'copied' | 'refused' | 'failed' | null

function Exports({ page, title, onFull }: { page: SvgElement; title: string; onFull(): void }) {
  const { picturing: words } = useWords()
  const [done, setDone] = useState<Done>(null)
  const text = () => `<?xml version="1.0" encoding="UTF-8"?>\n${markup(page)}\n`
  const png = () => pngOf(markup(page), page.is as { width: number; height: number })
  return (
    <div className="picture-acts">
      <Act icon="copy" says={words.copy} onPress={() => void pictureCopied(png()).then((taken) => setDone(taken ? 'copied' : 'refused'))} />
      <Act icon="download" says="SVG" onPress={() => download(fileName(title, 'svg'), text(), 'image/svg+xml')} />
      <Act
        icon="download"
        says="PNG"
        onPress={() => void png().then((made) => (made ? downloadFile(fileName(title, 'png'), made) : setDone('failed')))}
      />
      <Act icon="screen" says={words.full} onPress={onFull} />
      <span role="status" className="quiet">
        {done && words[done]}
      </span>
    </div>
  )
}

function Act({ icon, says, onPress }: { icon: IconName; says: string; onPress(): void }) {
  return (
    <button type="button" className="b line" onClick={onPress}>
      <Icon name={icon} size="s" />
      {says}
    </button>
  )
}
