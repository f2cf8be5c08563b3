/**
 * Logins of one center against the bare signatures in them: RSA-2048, those of the card, of its cert, of the OCSP answer and of the responder’s cert.
 * Of the center counts all that its process does for a login: handshake, challenge, database, OCSP question, proof. And the proof alone, as the
 * issuing server checks it.
 */
import { generateKeyPairSync, sign, verify, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { checkProof, parseAnchors } from '@machikado/pki';
import { centerEndpoints } from '@machikado/protocol';
import { centerConfig } from '@machikado/town';
import { logIn, openClient } from '../../e2e/raw-kiosk.ts';
import { aCoreSecond, byTurns, type Line, manyAtOnce } from '../compare.ts';
import { type TownAtHand, whoIsServed } from '../open-town.ts';
import { ownProcessorMs, processorMsOf } from '../processor-time.ts';

const PEOPLE = 12;
const LOGINS = 120;
const PROOFS = 1_000;
const SIGNATURES_IN_A_LOGIN = 4;

export async function logins(rounds: number, townAtHand: TownAtHand): Promise<Line[]> {
  const bench = await townAtHand();
  const { town, site } = bench;
  const clients = bench.town.plan.kiosks.map((kioskId) => openClient(site, kioskId));
  const people = await whoIsServed(bench, PEOPLE);
  const centerPid = town.services.find(({ name }) => name === 'center')?.process.pid ?? 0;
  const login = async (i: number) => {
    const client = clients[i % clients.length];
    const card = people[i % people.length];
    if (!client || !card) throw new Error('nobody logs in');
    const proven = await logIn(site, card, client);
    await client.call(centerEndpoints.endSession, { params: { sessionId: proven.sessionId }, body: {} });
    return proven.proof;
  };
  const proof = await login(0);
  const { jpki, centerId } = centerConfig(town.plan, 'center');
  const check = {
    anchors: parseAnchors(jpki.anchorFiles.map((file) => new Uint8Array(new X509Certificate(readFileSync(file)).raw))),
    profile: { policyOids: jpki.policyOids, algorithms: jpki.algorithms },
    now: new Date(),
    ocspMaxAgeMs: 24 * 3_600_000,
    centerId,
  };
  const bare = bareVerification();
  const rates = await byTurns(rounds, {
    logins: () =>
      aCoreSecond(
        LOGINS,
        () => processorMsOf(centerPid),
        () => manyAtOnce(LOGINS, 4, login),
      ),
    proofs: () =>
      aCoreSecond(PROOFS, ownProcessorMs, async () => {
        for (let n = 0; n < PROOFS; n += 1)
          if (checkProof(proof, check).kind !== 'good') throw new Error('the proof was refused');
      }),
    bare: () =>
      aCoreSecond(PROOFS, ownProcessorMs, async () => {
        for (let n = 0; n < PROOFS * SIGNATURES_IN_A_LOGIN; n += 1)
          if (!bare()) throw new Error('a signature does not verify');
      }),
  });
  for (const client of clients) await client.close();
  const peer = { name: `the ${SIGNATURES_IN_A_LOGIN} bare verifications in it`, rounds: rates.bare };
  return [
    { what: 'logins at the center', unit: 'a core-second', ours: rates.logins, peer },
    { what: 'a login’s proof checked', unit: 'a core-second', ours: rates.proofs, peer },
  ];
}

function bareVerification(): () => boolean {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const message = Buffer.alloc(256, 7);
  const signature = sign('sha256', message, privateKey);
  return () => verify('sha256', message, publicKey, signature);
}
