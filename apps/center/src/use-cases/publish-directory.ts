/**
 * DR-PUBLISH: a municipality publishes its 利用者登録. It can speak for itself only, and an entry with a lower version never
 * overwrites one with a higher: a late or repeated feed cannot bring back what was withdrawn.
 */
import { type PublishDirectory, refuse } from '@machikado/protocol';
import type { Center } from '../ports.ts';

export async function publishDirectory(
  center: Center,
  speaksFor: readonly string[],
  { lgCode, entries }: PublishDirectory,
): Promise<{ ok: true }> {
  if (!speaksFor.includes(lgCode)) refuse('MUNICIPALITY_NOT_PARTICIPATING', 'the peer does not speak for it');
  await center.store.transaction(async (tables) => {
    const taken = await tables.directory.publish(lgCode, entries);
    if (taken > 0) await tables.audit.record('directory-published', center.machineClock.now(), { lgCode });
  });
  return { ok: true };
}
