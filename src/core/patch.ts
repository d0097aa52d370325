/** Writes changes into the user's text at their places, so that comments, order and style survive. The only file that knows yaml. */
export { changed } from './patch/changed'
