/**
 * Takes the place of d3-color in the app. React Flow brings it along through d3-zoom and d3-transition, which could animate colours; nothing
 * here does. To d3-interpolate a text is then never a colour and is interpolated as any other text.
 */
const none = () => null
export const color = none
export const rgb = none
export const hsl = none
export const lab = none
export const hcl = none
export const cubehelix = none
