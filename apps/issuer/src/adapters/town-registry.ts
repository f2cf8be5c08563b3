/** The registry of each municipality, over its wire or out of its files: whoever asks does not see the difference. */
import type { Registry } from '../ports.ts';

export function createTownRegistry(
  { overWire, fromFiles }: { readonly overWire: Registry; readonly fromFiles: Registry },
  speaksByFiles: ReadonlySet<string>,
): Registry {
  const registryOf = ({ lgCode }: { readonly lgCode: string }) => (speaksByFiles.has(lgCode) ? fromFiles : overWire);
  return {
    readRecord: (question, deadline) => registryOf(question).readRecord(question, deadline),
    readFeed: (question) => registryOf(question).readFeed(question),
    readStatusDigest: (question) => registryOf(question).readStatusDigest(question),
  };
}
