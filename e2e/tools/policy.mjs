/** The content security policy of the app: in the built page as a meta element, and as a header from our own server. */
const directives = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  // The hash is that of the empty text: Monaco inserts empty style elements and fills them through constructable sheets.
  "style-src 'self' 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='",
  // React Flow and Monaco place things by style attributes.
  "style-src-attr 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
]

export const policyOfPage = directives.join('; ')

/** `frame-ancestors` counts in a header only. */
export const policyOfServer = [...directives, "frame-ancestors 'none'"].join('; ')
