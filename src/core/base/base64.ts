/** Whether a text is base64 as Go reads it: with its padding, in as many lines as one likes (Go, encoding/base64, StdEncoding). */
export const isBase64 = (text: string): boolean =>
  /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text.replace(/[\r\n]/g, ''))
