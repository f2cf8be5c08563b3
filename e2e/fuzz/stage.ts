/** The servers that have an OpenAPI document, one ordinary use to begin with, and what must be true of them after a storm of requests. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IssuedCard } from '@machikado/jpki';
import { centerEndpoints } from '@machikado/protocol';
import { createLog } from '@machikado/server';
import { SITE, siteConfig } from '@machikado/town';
import { compose as composeSite } from '@machikado/verification';
import type { Examined, Refused } from '../../apps/verification/src/ports.ts';
import { P384, YUNAGI } from '../fault-table.ts';
import { type Chain, openChain, WITHOUT_JOBS } from '../open-chain.ts';
import { openKiosk } from '../open-kiosk.ts';
import { type TracedPerson, tracePerson, tracesIn } from '../person-traces.ts';
import { openRawLine } from '../raw-http.ts';
import { logIn, openClient, orderFor } from '../raw-kiosk.ts';
import { dumpTables, textOf } from '../tables.ts';
import { type FuzzReport, type FuzzTarget, fuzzServers } from './fuzz-servers.ts';
import { fuzzSite, playedFindings, UPLOAD_BYTES } from './fuzz-site.ts';

export interface FuzzStage {
  run(seed: number, rounds: number): Promise<FuzzReport>;
  /** The site for the public. */
  runSite(seed: number, rounds: number): Promise<FuzzReport>;
  /** Sentences about what is not as it was; none is what every run must end in. */
  harm(): Promise<string[]>;
  close(): Promise<void>;
}

export async function openFuzzStage(): Promise<FuzzStage> {
  const siteLines: string[] = [];
  const chain = await openChain({ kiosks: 2, site: true, ...WITHOUT_JOBS });
  const { site, siteUrl } = await openSite(chain, siteLines);
  const card = await chain.orderCard(YUNAGI, 'family-head', P384);
  await chain.passTheNight();
  const since = chain.logLines.length;
  const person = tracedPerson(chain, card);
  const targets: readonly FuzzTarget[] = [
    { server: 'center', port: portOf(chain.plan.centers), peers: { kiosk: 'kiosk-1', municipality: 'issuer-1' } },
    { server: 'issuer', port: portOf(chain.plan.issuers), peers: { center: 'center-1' } },
    { server: 'registry', port: portOf(chain.plan.registries), peers: { municipality: 'issuer-1' } },
    { server: 'verification', port: chain.plan.site?.inner ?? 0, peers: { center: 'center-1' } },
  ];

  async function sick(): Promise<string[]> {
    const words = await Promise.all(
      targets.map(async ({ server, port, peers }) => {
        const [peer = ''] = Object.values(peers);
        const line = openRawLine(port, chain.pki.caFile, chain.pki.peer(peer));
        const { status, text } = await line.ask({ method: 'GET', path: '/healthz' });
        line.close();
        return status === 200 ? [] : [`${server} is not well: ${status} ${text}`];
      }),
    );
    return words.flat();
  }

  /** At the other kiosk, with a card that nobody has seen. */
  async function useFails(): Promise<string[]> {
    const card = await chain.orderCard(YUNAGI, 'couple', P384);
    await chain.passTheNight();
    const kiosk = await openKiosk(chain, { kioskId: 'kiosk-2' });
    const { end, paper } = await kiosk.use(card.file);
    await kiosk.close();
    return end.code === 'OK' && paper.length === 1 ? [] : [`a use afterwards ends with ${end.code}`];
  }

  async function harm(): Promise<string[]> {
    const log = [...chain.logLines.slice(since), ...siteLines];
    const alarms = log.filter((line) => !line.includes('"level":"info"'));
    const center = await dumpTables(chain.centerDb.ownerDb);
    const issuer = await dumpTables(chain.issuerDb.ownerDb);

    const suspended = [...center, ...issuer].filter(([name, rows]) => /suspension/.test(name) && rows.length > 0);
    return [
      ...alarms.map((line) => `alarm: ${line}`),
      ...tracesIn(log.join(''), person).map((what) => `in a log: ${what}`),
      ...tracesIn(textOf(center), person).map((what) => `in the center’s tables: ${what}`),
      ...suspended.map(([name, rows]) => `${name}: ${rows}`),
      ...(await sick()),
      ...(await useFails()),
    ];
  }

  return {
    run: async (seed, rounds) =>
      fuzzServers({ seed, rounds, targets, pki: chain.pki, uses: await ordinaryUses(chain, card) }),
    runSite: (seed, rounds) => fuzzSite(siteUrl, seed, rounds),
    harm,
    async close() {
      await site.close();
      await chain.close();
    },
  };
}

const PAID = { depositYen: 200, depositPayableYen: 0 };
const OUTCOME = {
  copies: [{ copy: 1, outcome: 'output', sheetsOut: 1 }],
  ...{ refundedYen: 0, refundPayableYen: 0, changePayableYen: 0 },
};

const portOf = ([first]: readonly { readonly port: number }[]) => first?.port ?? 0;

/** Of uploads it only looks at the form. */
async function openSite(chain: Chain, lines: string[]) {
  if (!chain.plan.site) throw new RangeError('the chain has room for a site');
  const config = siteConfig(chain.plan, chain.plan.site, join(chain.dir, 'no-page'));
  let asked = 0;
  const site = await composeSite(
    { ...config, limits: { uploadBytes: UPLOAD_BYTES, checksPerMinute: 100_000 } },
    {
      examiner: {
        examine: async () => playedFindings[asked++ % playedFindings.length] as Examined | Refused,
        warm: async () => undefined,
        close: async () => undefined,
      },
      log: createLog({ service: 'verification', write: (line) => lines.push(line) }),
    },
  );
  const { port } = await site.listen();
  return { site, siteUrl: `http://127.0.0.1:${port}` };
}

/** From login to order, several times over, for fuzzing ends sessions too; and the list of cancelled copies as the center signed it. */
async function ordinaryUses(chain: Chain, card: IssuedCard): Promise<unknown[]> {
  await chain.centers[0]?.runJobs();
  const list = readFileSync(join(chain.plan.dir, SITE, 'cancellations.jws'), 'utf8');
  const client = openClient(chain);
  const uses: unknown[] = [];
  for (let i = 0; i < 3; i += 1) {
    const login = await logIn(chain, card.file, client);
    const { sessionId, proof } = login;
    const asked = { params: { sessionId }, body: { lgCode: YUNAGI, proof } };
    const offers = await client.call(centerEndpoints.askOffers, asked);
    uses.push([login, offers, orderFor(login, offers), PAID, OUTCOME, residentOf(chain), { list }]);
  }
  await client.close();
  return uses;
}

function residentOf(chain: Chain) {
  const town = chain.registry.towns.find(({ lgCode }) => lgCode === YUNAGI);
  return { lgCode: YUNAGI, residentId: town?.personas['family-head'] ?? '' };
}

function tracedPerson(chain: Chain, card: IssuedCard): TracedPerson {
  const resident = residentOf(chain);
  return tracePerson(chain.registry.readRecord(resident), resident.residentId, card);
}
