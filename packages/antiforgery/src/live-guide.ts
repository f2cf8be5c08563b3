/** What a page may use: it finds bullseyes in a frame of a camera, and brings no module of Node along. */
export { type Finder, locateFinders } from './decoding/locate-finders.ts';
