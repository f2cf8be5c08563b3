/**
 * The memory of pictures that nobody looks at any more, given back at once. Each is 4 MB outside of the heap: left to the collector, they alone bring
 * it to walk through all that the process holds.
 */
import { MessageChannel } from 'node:worker_threads';
import type { PageReading } from './page-reading.ts';

/** What is sent to a closed port is taken from the sender and kept by nobody. */
const { port1: nowhere } = new MessageChannel();
nowhere.close();

/** The pages stay; their pictures are empty from now on. */
export function freeRasters(pages: readonly Pick<PageReading, 'raster'>[]): void {
  nowhere.postMessage(
    null,
    pages.map(({ raster }) => raster.data.buffer as ArrayBuffer),
  );
}
