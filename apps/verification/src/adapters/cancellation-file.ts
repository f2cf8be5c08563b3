/**
 * 失効一覧: the newest cancellation list of the center, in memory, and in one file so that a restart does not forget it. The file is the center’s own
 * signed statement: it is checked again when it is read, and it holds nothing but hashes.
 */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cancellationEntry, readCancellationList, type StatementKeys } from '@machikado/pki';
import { type CancellationList, refuse } from '@machikado/protocol';
import type { CancellationBook } from '../ports.ts';

export interface CancellationFile extends CancellationBook {
  /** Takes a newer list over; returns the version that is held from now on. */
  take(jws: string): Promise<number>;
}

export interface CancellationFileOptions {
  readonly stateDir: string;
  readonly centerId: string;
  readonly keys: StatementKeys;
  readonly maxAgeMs: number;
  readonly now: () => Date;
}

export async function openCancellationFile(options: CancellationFileOptions): Promise<CancellationFile> {
  const { stateDir, centerId, keys, maxAgeMs, now } = options;
  mkdirSync(stateDir, { recursive: true, mode: 0o700 });
  const file = join(stateDir, 'cancellations.jws');
  let held: CancellationList | undefined;
  let entries: ReadonlySet<string> = new Set();

  const hold = (list: CancellationList) => {
    held = list;
    entries = new Set(list.entries);
  };
  const read = async (jws: string) => {
    const list = await readCancellationList(jws, keys);
    if (list.centerId !== centerId) refuse('STATEMENT_REFUSED', 'a list of another center');
    return list;
  };
  const kept = textOf(file);
  // A file that does not hold any more (its key was withdrawn) is as good as none: the next list comes in minutes.
  if (kept !== undefined) await read(kept).then(hold, () => undefined);

  return {
    async take(jws) {
      const list = await read(jws);
      if (held && !isNewer(list, held)) return held.version;
      writeFileSync(`${file}.new`, jws, { mode: 0o600 });
      renameSync(`${file}.new`, file);
      hold(list);
      return list.version;
    },
    find(number) {
      if (!held) return { state: 'unknown' };
      const listed = entries.has(cancellationEntry(number));
      const { version, issuedAt: listIssuedAt } = held;
      const tooOld = now().getTime() - Date.parse(listIssuedAt) > maxAgeMs;
      // Cancelled is for ever, however old the list that says so.
      const state = listed ? 'cancelled' : tooOld || !isWhole(held) ? 'unknown' : 'not-cancelled';
      return { state, version, listIssuedAt };
    },
  };
}

/** The version counts every copy that was ever cancelled, and one; a list has room for the newest only. */
function isWhole({ version, entries }: CancellationList): boolean {
  return entries.length >= version - 1;
}

/** The same version signed again later says that nothing has changed since. */
function isNewer(one: CancellationList, held: CancellationList): boolean {
  if (one.version !== held.version) return one.version > held.version;
  return Date.parse(one.issuedAt) > Date.parse(held.issuedAt);
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
