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

/**
 * A design within other pages (`embed.html`): any page may frame it, and it may do less than the app. It stores nothing, asks for nothing but its own
 * files, and nothing in it can be pressed that changes anything, so that a page laid over it gains nothing.
 * @type {Record<string, string>}
 */
const directivesOfEmbed = {
  'default-src': "'none'",
  'script-src': "'self'",
  'require-trusted-types-for': "'script'",
  'trusted-types': "'none'",
  'style-src': "'self'",
  'style-src-attr': "'none'",
  'img-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'none'",
}
export const directivesOfEmbedServer = { ...directivesOfEmbed, 'frame-ancestors': '*' }

/** @param {Record<string, string>} of */
const written = (of) =>
  Object.entries(of)
    .map((directive) => directive.join(' '))
    .join('; ')

export const policyOfPage = written(directives)
export const policyOfServer = written(directivesOfServer)
export const policyOfEmbed = written(directivesOfEmbed)
export const policyOfEmbedServer = written(directivesOfEmbedServer)
