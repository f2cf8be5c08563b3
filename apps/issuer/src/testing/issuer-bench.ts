/**
 * An issuing server on the bench: real tables in a real PostgreSQL, real proofs, and fakes at the ports where tests put faults.
 * Every call of a port is noted, so that a test can compare what was done for two residents.
 */
import { createHash, generateKeyPairSync, randomBytes } from 'node:crypto';
import { testDatabase } from '@machikado/database';
import { kidOf } from '@machikado/pki';
import {
  type IssuerOrder,
  type PublishDirectory,
  type RegistryPerson,
  type RegistryRecord,
  type Role,
  type Selection,
  statusDigestsOf,
} from '@machikado/protocol';
import { createLog, Deadline, systemClocks } from '@machikado/server';
import { createTestLogins, type TestCard } from '@machikado/testkit';
import { createPostgresStore } from '../adapters/postgres-store.ts';
import { issuerMigrations } from '../migrate-issuer.ts';
import type { Municipality, Ports, Registry } from '../ports.ts';
import type { MunicipalitySettings } from '../settings/settings.ts';
import { schemaOf } from '../store/municipal-sql.ts';
import { addRegistrationEvents, refreshRegistrations } from '../store/registration-book.ts';
import { personRef } from '../use-cases/person-refs.ts';
import { fakeForms, fakeReader } from './fake-forms.ts';
import { household, person } from './people.ts';

export const YUNAGI = '990019';
export const MUTEKI = '990027';
/** A Friday, noon in Japan. */
export const NOON = new Date('2026-11-20T03:00:00.000Z');

/** An invented 公印: two frames and a cross, no letters. */
const SEAL =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path fill="none" stroke="#c00" stroke-width="1.5" d="M1 1h22v22H1zM4 4h16v16H4zM12 4v16M4 12h16"/></svg>';

export function settingsOf(lgCode: string, change: Partial<MunicipalitySettings> = {}): MunicipalitySettings {
  return {
    lgCode,
    name: lgCode === YUNAGI ? '夕凪市' : '霧笛町',
    hours: {},
    kinds: {
      'resident-record': {
        scopes: ['household', 'part', 'self'],
        items: ['relationship', 'registered-domicile'],
        copiesMax: 5,
        minimumAge: 15,
      },
    },
    tariff: {
      'resident-record': [
        { from: '2020-04-01', value: 200 },
        { from: '2026-12-01', value: 300 },
      ],
    },
    mayors: [{ from: '2020-04-01', value: { title: '架空県夕凪市長', name: '港 一郎', sealFile: 'seal.svg' } }],
    limits: { nameLettersMax: 60, addressLettersMax: 120 },
    nightlyFeed: { at: '02:00', staleAfterHours: 30 },
    sessionLimits: { offers: 5, orders: 4 },
    ...change,
  };
}

export async function createBench() {
  const database = await testDatabase(issuerMigrations, { schemas: [YUNAGI, MUTEKI].map(schemaOf) });
  const logins = await createTestLogins(NOON);
  const clock = { now: NOON };
  const towns = new Map([YUNAGI, MUTEKI].map((lgCode) => [lgCode, municipalityOf(lgCode)]));
  const households = new Map<string, RegistryRecord>();
  const calls: string[] = [];
  const published: PublishDirectory[] = [];
  const logLines: string[] = [];

  const registry: Registry = {
    async readRecord({ residentId }) {
      const found = households.get(residentId);
      if (!found) throw new RangeError('no such resident on the bench');
      return found;
    },
    readFeed: async ({ lgCode }) => ({ lgCode, events: [], latest: 0, readAt: clock.now.toISOString() }),
    readStatusDigest: async ({ lgCode }) => ({
      ...{ lgCode, latest: 0, readAt: clock.now.toISOString() },
      digests: statusDigestsOf([], (text) => createHash('sha256').update(text).digest('hex')),
    }),
  };
  const ports: Ports = {
    municipalities: { find: (lgCode) => towns.get(lgCode), all: () => [...towns.values()] },
    store: noted('store', createPostgresStore(database.db), calls),
    registry: noted('registry', registry, calls),
    forms: noted('forms', fakeForms(), calls, ['missingGlyphs']),
    reader: noted('reader', fakeReader(), calls),
    directory: {
      publish: async (entries) => {
        published.push(entries);
      },
    },
    businessClock: { now: () => clock.now },
    machineClock: { now: () => clock.now },
    random: (bytes) => new Uint8Array(randomBytes(bytes)),
    log: createLog({ service: 'issuer', write: (line) => logLines.push(line) }),
    login: () => ({ centerId: 'center', anchors: logins.anchors, profile: logins.profile, ocspMaxAgeMs: 900_000 }),
    build: createHash('sha256').update('bench').digest('hex'),
  };

  let serials = 0x1000;
  return {
    ...{ database, logins, clock, towns, households, calls, published, logLines, ports },

    /** A household whose first member holds a card that the town knows. */
    async addHousehold(
      members: Partial<RegistryPerson>[],
      lgCode = YUNAGI,
    ): Promise<{ card: TestCard; record: RegistryRecord }> {
      const persons = members.map((member, i) =>
        person({ residentId: `r${randomBytes(6).toString('hex')}`, order: i + 1, ...member }),
      );
      const record = household(persons, { lgCode });
      for (const { residentId } of persons) households.set(residentId, record);
      serials += 1;
      const card = await logins.makeCard(serials.toString(16).padStart(4, '0'));
      await this.register(card, persons[0]?.residentId ?? '', lgCode);
      return { card, record };
    },

    async register(card: TestCard, residentId: string, lgCode = YUNAGI, role: Role = 'residence'): Promise<void> {
      await ports.store.inMunicipality(lgCode, async (tx) => {
        const cert = { anchor: card.anchor, serial: card.serial };
        const event = { eventId: `t:${randomBytes(8).toString('hex')}`, type: 'registered' as const, residentId, cert };
        const whole = { ...event, previousCert: null, medium: 'card', role, at: new Date(0), usable: true };
        await addRegistrationEvents(tx, [whole], { usableFromRun: 0, now: NOON });
        await refreshRegistrations(tx, [residentId], NOON);
        await tx.run('update feed set followed_at = $2 where lg_code = $1', [lgCode, clock.now]);
        await tx.run('update book set reconciled_at = $2 where lg_code = $1', [lgCode, clock.now]);
      });
    },

    orderFor(card: TestCard, record: RegistryRecord, change: OrderChange = {}): IssuerOrder {
      const { selection, sessionId = randomBytes(16).toString('hex'), ...rest } = change;
      const town = towns.get(record.lgCode) as Municipality;
      const personRefs = record.members.map(({ residentId }) =>
        personRef(town, sessionId, 'resident-record', residentId),
      );
      const copies = selection?.copies ?? 1;
      return {
        orderId: randomBytes(16).toString('hex'),
        sessionId,
        lgCode: record.lgCode,
        test: false,
        proof: logins.prove({ card, sessionId, now: clock.now }),
        selection: {
          ...{ kind: 'resident-record', scope: 'household', personRefs, items: [], copies, feeYen: 200 * copies },
          ...selection,
        },
        ...rest,
      };
    },

    deadline: (ms = 20_000) => Deadline.after(ms, systemClocks()),

    rows: <R>(text: string, lgCode = YUNAGI) =>
      createPostgresStore(database.db).inMunicipality(lgCode, (tx) => tx.query<R>(text)),

    async close() {
      await database.drop();
    },
  };
}
export type Bench = Awaited<ReturnType<typeof createBench>>;
type OrderChange = Partial<Omit<IssuerOrder, 'selection'>> & { readonly selection?: Partial<Selection> };

export function municipalityOf(lgCode: string, change: Partial<MunicipalitySettings> = {}): Municipality {
  const { privateKey } = generateKeyPairSync('ed25519');
  const key = (label: string) => new Uint8Array(createHash('sha256').update(`${lgCode} ${label}`).digest());
  return {
    lgCode,
    settings: settingsOf(lgCode, change),
    mayors: [{ from: '2020-04-01', value: { title: '架空県夕凪市長', name: '港 一郎', sealSvg: SEAL } }],
    letters: [],
    keys: {
      signing: { privateKey, kid: kidOf(privateKey) },
      bindingKey: key('binding'),
      directoryKey: key('directory'),
      residentRefSecret: key('resident'),
    },
  };
}

/** The same port, writing down every call. */
function noted<T extends object>(name: string, port: T, calls: string[], silent: readonly string[] = []): T {
  return new Proxy(port, {
    get(target, key, receiver) {
      const value = Reflect.get(target, key, receiver) as unknown;
      if (typeof value !== 'function' || silent.includes(String(key))) return value;
      return (...args: unknown[]) => {
        calls.push(`${name}.${String(key)}`);
        return value.apply(target, args);
      };
    },
  });
}
