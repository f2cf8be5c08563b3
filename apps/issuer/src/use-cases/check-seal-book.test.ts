import type { RegistryRecord, SealRegistration, Selection } from '@machikado/protocol';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Municipality } from '../ports.ts';
import type { BookLine } from '../registration/book-line.ts';
import { putLines } from '../store/book-lines.ts';
import { type Bench, createBench, NOON, YUNAGI } from '../testing/issuer-bench.ts';
import { household, person } from '../testing/people.ts';
import { checkSealBook } from './check-seal-book.ts';

let bench: Bench;
let town: Municipality;
beforeAll(async () => {
  bench = await createBench();
  town = bench.towns.get(YUNAGI) as Municipality;
});
afterAll(() => bench.close());
beforeEach(async () => {
  bench.clock.now = NOON;
  await bench.database.ownerDb.query(`truncate m${YUNAGI}.book_line`);
  await bench.database.ownerDb.query(`update m${YUNAGI}.book set reconciled_at = $1, differs = false`, [NOON]);
});

const holder = { residentId: 'r1', role: 'residence', certKey: {} } as never;
const line = (version: number, state: BookLine['state'], more: Partial<BookLine> = {}): BookLine => ({
  ...{ id: 's1', version, state, residentId: 'r1', ...more },
});
function recordWith(version: number, state: SealRegistration['state']): RegistryRecord {
  const imprint = { png: '', widthMm: 12, heightMm: 12 };
  const seal = { registrationId: 's1', registrationVersion: version, state, registeredOn: null, imprint };
  return household([person()], { seal });
}
async function verdictOn(record: RegistryRecord, book: BookLine[], kind: Selection['kind'] = 'seal-registration') {
  await bench.ports.store.inMunicipality(YUNAGI, (tx) => putLines(tx, 'seals', book));
  const selection = { kind, scope: 'self', items: [], personRefs: [], copies: 1, feeYen: 0 } satisfies Selection;
  return checkSealBook(selection, record, holder, town, bench.ports).then(
    () => 'agrees',
    (error) => error.code ?? error.name,
  );
}

describe('印鑑登録証明書', () => {
  test.each<[string, RegistryRecord, BookLine[], string]>([
    ['the same in both', recordWith(3, 'active'), [line(3, 'active')], 'agrees'],
    ['cancelled in the book', recordWith(3, 'active'), [line(4, 'cancelled')], 'Mismatch'],
    [
      'cancelled in the book, whatever version the record claims',
      recordWith(9, 'active'),
      [line(4, 'cancelled')],
      'Mismatch',
    ],
    ['suspended in a cancelled book', recordWith(3, 'suspended'), [line(4, 'cancelled')], 'Mismatch'],
    ['older in the record', recordWith(2, 'active'), [line(3, 'active')], 'Mismatch'],
    ['another state under one version', recordWith(3, 'active'), [line(3, 'suspended')], 'Mismatch'],
    ['of another resident in the book', recordWith(3, 'active'), [line(3, 'active', { residentId: 'r2' })], 'Mismatch'],
    ['newer in the record', recordWith(4, 'active'), [line(3, 'suspended')], 'REGISTRY_UNAVAILABLE'],
    ['not yet in the book', recordWith(1, 'active'), [], 'REGISTRY_UNAVAILABLE'],
    ['cancelled in both: the rules refuse it', recordWith(4, 'cancelled'), [line(4, 'cancelled')], 'agrees'],
    ['cancelled today: the rules refuse it', recordWith(4, 'cancelled'), [line(3, 'active')], 'agrees'],
    ['nowhere: the rules refuse it', household([person()], { seal: null }), [], 'agrees'],
  ])('%s', async (_, record, book, verdict) => {
    expect(await verdictOn(record, book)).toBe(verdict);
  });

  test('is not issued while the book was not compared, or differs', async () => {
    bench.clock.now = new Date(NOON.getTime() + 31 * 3_600_000);
    expect(await verdictOn(recordWith(3, 'active'), [line(3, 'active')])).toBe('REGISTRY_UNAVAILABLE');
    expect(await verdictOn(recordWith(3, 'active'), [], 'resident-record')).toBe('agrees');
    bench.clock.now = NOON;
    await bench.database.ownerDb.query(`update m${YUNAGI}.book set differs = true where book = 'seals'`);
    expect(await verdictOn(recordWith(3, 'active'), [line(3, 'active')])).toBe('REGISTRY_UNAVAILABLE');
  });
});
