/** An SVG as a picture of dots: for programs that take no SVG, and for the clipboard. */

/** No browser draws a canvas of more dots on a side. */
const mostDots = 16_000

/**
 * `svg`: a document with width and height. `scale`: dots for a pixel; fewer where the picture would be too large. Null where the browser cannot make it.
 */
export async function pngOf(svg: string, size: { width: number; height: number }, scale = 2): Promise<Blob | null> {
  const by = Math.min(scale, mostDots / Math.max(size.width, size.height))
  const image = new Image(size.width, size.height)
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`
  try {
    await image.decode()
  } catch {
    return null
  }
  const canvas = document.createElement('canvas')
  canvas.width = Math.floor(size.width * by)
  canvas.height = Math.floor(size.height * by)
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height)
  return new Promise((done) => canvas.toBlob(done, 'image/png'))
}

/** Whether the clipboard took the picture. It is handed over as a promise: Safari lets nothing be awaited between a click and the clipboard. */
export async function pictureCopied(png: Promise<Blob | null>): Promise<boolean> {
  try {
    const blob = png.then((made) => made ?? Promise.reject(new Error('no picture')))
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': blob })])
    return true
  } catch {
    return false
  }
}
