/** The content security policy of the app: in the built page as a meta element, and as a header from our own server. The README gives each reason. */
/** @type {Record<string, string>} */
const directives = {
  'default-src': "'none'",
  'script-src': "'self'",
  'worker-src': "'self'",
  'require-trusted-types-for': "'script'",
  'trusted-types': 'egress editorViewLayer tokenizeToString dompurify',
  'style-src': "'self' 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='",
  'style-src-attr': "'none'",
  'img-src': "'self' data:",
  'font-src': "'self'",
  'connect-src': "'self'",
  'manifest-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'none'",
}

/** `frame-ancestors` counts in a header only. */
export const directivesOfServer = { ...directives, 'frame-ancestors': "'none'" }

/** @param {Record<string, string>} of */
const written = (of) =>
  Object.entries(of)
    .map((directive) => directive.join(' '))
    .join('; ')

export const policyOfPage = written(directives)
export const policyOfServer = written(directivesOfServer)
