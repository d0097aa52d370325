/** Made by `e2e/tools/lessons-apart.mjs` of `pieces.ts`. */
declare module 'virtual:lessons' {
  export const ids: readonly string[]
  export const load: Readonly<Record<string, () => Promise<{ default: unknown }>>>
}
