/**
 * DR-PUBLISH: tells the center’s directory which certs this municipality knows, as HMAC and nothing that names a person. What is
 * to be told was written together with the change itself; it leaves the outbox when the center has said yes, and being told
 * twice does no harm, because a lower version never overwrites a higher one.
 *
 * The transaction stays open while the center is asked, on purpose: its row locks keep two servers from telling the same news at
 * once, and are gone with a server that dies. Each center has the deadline of the endpoint to answer, and meanwhile nobody waits
 * for these rows: what is new is added beside them. The connection is taken all the while, so a server does it for one municipality
 * at a time (jobs/issuer-jobs.ts).
 */
import { claimOutbox, postponeOutbox, settleOutbox } from '@machikado/database';
import { certRef } from '@machikado/pki';
import type { DirectoryEntry } from '@machikado/protocol';
import type { Municipality, Ports } from '../ports.ts';
import type { DirectoryNews } from '../store/registration-book.ts';

export type DirectoryPorts = Pick<Ports, 'store' | 'directory' | 'machineClock'>;

const TABLE = 'directory_outbox';
const AT_ONCE = 500;

export type PublishStep =
  | { readonly kind: 'idle' }
  | { readonly kind: 'published'; readonly count: number }
  | { readonly kind: 'postponed'; readonly error: unknown };

export function publishDirectory(
  town: Municipality,
  { store, directory, machineClock }: DirectoryPorts,
): Promise<PublishStep> {
  const { lgCode } = town;
  return store.inMunicipality(lgCode, async (tx): Promise<PublishStep> => {
    const options = { table: TABLE, lgCode, now: machineClock.now(), limit: AT_ONCE };
    const rows = await claimOutbox<DirectoryNews>(tx, options);
    if (rows.length === 0) return { kind: 'idle' };
    try {
      await directory.publish({ lgCode, entries: rows.map((row) => toEntry(row.payload, town)) });
    } catch (error) {
      for (const row of rows) await postponeOutbox(tx, TABLE, row, machineClock.now());
      return { kind: 'postponed', error };
    }
    for (const row of rows) await settleOutbox(tx, TABLE, row);
    return { kind: 'published', count: rows.length };
  });
}

function toEntry({ anchor, serial, role, version, active }: DirectoryNews, { keys }: Municipality): DirectoryEntry {
  const ref = certRef(keys.directoryKey, { anchorFingerprint: anchor, serial });
  return { certRef: ref, role, version, active };
}
