/**
 * The memory of pictures that nobody looks at any more, given back at once. It lies outside of the heap, up to 4 MB each: left to the collector, a few
 * of them bring it to walk through all that the process holds.
 */
import { MessageChannel } from 'node:worker_threads';

/** What is sent to a closed port is taken from the sender and kept by nobody. */
const { port1: nowhere } = new MessageChannel();
nowhere.close();

/** Empty from now on; each must have memory of its own. */
export function freeMemory(pictures: readonly Uint8Array[]): void {
  nowhere.postMessage(
    null,
    pictures.map(({ buffer }) => buffer as ArrayBuffer),
  );
}
