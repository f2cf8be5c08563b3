/**
 * A registry that speaks by files: answers the same questions from what was imported last, in the schema of the municipality. A
 * version is a keyed digest of everything that is known about the resident, so it changes when and only when that does.
 */
import { createHash, createHmac } from 'node:crypto';
import { canonicalJson, type Json } from '@machikado/pki';
import { refuse, type StatusLineOfBook, statusBucketOf, statusDigestsOf } from '@machikado/protocol';
import type { Municipalities, Registry, Store } from '../ports.ts';
import { recordFrom } from '../replica/record-from-rows.ts';
import type { MunicipalSql } from '../store/municipal-sql.ts';
import {
  eventsAfter,
  lastImport,
  lastSeq,
  rowsAround,
  type StatusRow,
  type StoredRow,
  statusRows,
} from '../store/registry-rows.ts';

export function createFileRegistry(store: Store, municipalities: Municipalities): Registry {
  return {
    async readRecord(question, deadline) {
      const { lgCode, residentId, version } = question;
      const town =
        municipalities.find(lgCode) ?? refuse('MUNICIPALITY_NOT_PARTICIPATING', 'not on this issuing server');
      const { rows, readAt } = await deadline.limit(
        store.inMunicipality(lgCode, async (tx) => ({
          rows: await rowsAround(tx, residentId),
          readAt: await importTime(tx),
        })),
      );
      if (!rows.some(({ file, id }) => file === 'residents' && id === residentId)) {
        refuse('NOT_REGISTERED', 'no such resident in the files');
      }
      const current = versionOf(rows, residentId, town.keys.residentRefSecret);
      if (version !== undefined && version !== current) refuse('RECORD_CHANGED', 'the files say something else by now');
      return { lgCode, version: current, readAt, ...recordFrom(rows, question) };
    },
    readFeed: ({ lgCode, after, limit }) =>
      store.inMunicipality(lgCode, async (tx) => ({
        lgCode,
        events: await eventsAfter(tx, after, limit),
        latest: await lastSeq(tx),
        readAt: await importTime(tx),
      })),
    readStatusDigest: ({ lgCode, book, bucket }) =>
      store.inMunicipality(lgCode, async (tx) => {
        const lines = (await statusRows(tx, book)).map(book === 'seals' ? sealLine : residentLine);
        return {
          ...{ lgCode, latest: await lastSeq(tx), readAt: await importTime(tx) },
          ...(bucket === undefined
            ? { digests: statusDigestsOf(lines, sha256) }
            : { lines: lines.filter(({ id }) => statusBucketOf(id, sha256) === bucket) }),
        };
      }),
  };
}

/** What the files say is as old as the import. */
async function importTime(tx: MunicipalSql): Promise<string> {
  const last = await lastImport(tx);
  return (last ?? refuse('REGISTRY_UNAVAILABLE', 'no files were imported')).at.toISOString();
}

function sealLine({ id, version, ended, state, residentId }: StatusRow): StatusLineOfBook {
  return { id, version, state: ended ? 'cancelled' : (state as 'active' | 'suspended'), residentId };
}

function residentLine({ id, version, ended, state }: StatusRow): StatusLineOfBook {
  return { id, version, state: ended ? 'gone' : state === 'elsewhere' ? 'domicile' : 'present' };
}

function versionOf(rows: readonly StoredRow[], residentId: string, secret: Uint8Array): string {
  const lines = rows.map((row) => canonicalJson(row as unknown as Json)).sort();
  return createHmac('sha256', secret)
    .update(`machikado/record-version/v1\0${residentId}\0${lines.join('\n')}`)
    .digest('hex');
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
