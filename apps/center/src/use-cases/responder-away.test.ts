import { buildOcspRequest, errorOcspResponse, parseOcspRequest } from '@machikado/pki';
import { certificateKinds } from '@machikado/protocol';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { runJobs } from '../jobs/run-jobs.ts';
import type { Center, RevocationSource } from '../ports.ts';
import {
  begin,
  card,
  codeOf,
  createTestCenter,
  deadline,
  noon,
  prove,
  type TestCenter,
  yunagi,
} from '../testing/test-center.ts';
import { showStatus } from './show-status.ts';

let t: TestCenter;
let center: Center;
let asked: Uint8Array[] = [];
let ask: RevocationSource['ask'];
beforeAll(async () => {
  t = await createTestCenter();
});
afterAll(() => t.close());
beforeEach(() => {
  asked = [];
  t.logLines.length = 0;
  center = t.another({
    standings: t.center.standings,
    revocation: {
      ask: (request, deadline) => {
        asked.push(request);
        return ask(request, deadline);
      },
    },
  });
});

const silent = () => Promise.reject(new Error('connection refused'));
const well: RevocationSource['ask'] = (request, deadline) => t.center.revocation.ask(request, deadline);
const login = async () => codeOf(prove(center, await begin(center)));
const events = (name: string) => t.logLines.filter((line) => line.includes(`"${name}"`)).length;

async function fail(times = 3): Promise<void> {
  ask = silent;
  for (let i = 0; i < times; i += 1) expect(await login()).toBe('REVOCATION_STATUS_UNAVAILABLE');
}

test('a responder away: the status says why nobody is let in, until it answers', async () => {
  await t.watch.refresh(center.settings().municipalities.values());
  const kinds = async () => (await showStatus(center)).municipalities.find(({ lgCode }) => lgCode === yunagi)?.kinds;
  await fail(2);
  expect(await showStatus(center)).toMatchObject({ open: true });
  await fail(1);
  const status = await showStatus(center);
  expect(status).toMatchObject({ open: false, reason: 'revocation-unavailable' });
  expect(status).not.toHaveProperty('opensAt');
  expect(await kinds()).toEqual(certificateKinds.map((kind) => ({ kind, open: false, reason: 'unavailable' })));
  ask = well;
  await runJobs(center);
  expect(await showStatus(center)).toMatchObject({ open: true });
  expect(await showStatus(center)).not.toHaveProperty('reason');
  expect(await kinds()).toEqual(certificateKinds.map((kind) => ({ kind, open: true })));
  expect([events('responder-away'), events('responder-back')]).toEqual([1, 1]);
});

test('outside its hours the center is closed, whatever the responder does', async () => {
  await fail();
  t.clocks.business = new Date('2026-12-31T03:00:00Z');
  try {
    const status = await showStatus(center);
    expect(status).toMatchObject({ open: false, opensAt: '2027-01-03T21:30:00.000Z' });
    expect(status).not.toHaveProperty('reason');
    expect(status.municipalities[0]?.kinds[0]).toMatchObject({ reason: 'closed' });
  } finally {
    t.clocks.business = noon;
  }
});

test('a login that is made all the same is tried as before, and a good one ends the outage', async () => {
  await fail();
  ask = well;
  expect(await login()).toBe('ok');
  expect(center.responder.isAway()).toBe(false);
});

test.each(['revoked', 'unknown'] as const)('%s is an answer as well', async (status) => {
  await fail();
  ask = well;
  t.statuses.set(card.certKey.serial, status === 'revoked' ? { status, at: noon } : { status });
  try {
    expect(await login()).not.toBe('ok');
  } finally {
    t.statuses.clear();
  }
  expect(center.responder.isAway()).toBe(false);
});

test('the center asks by itself only while the responder is away, about nobody, and stays shut as long as it is silent', async () => {
  ask = silent;
  await runJobs(center);
  expect(asked).toEqual([]);
  await fail();
  asked = [];
  await runJobs(center);
  await runJobs(center);
  expect(center.responder.isAway()).toBe(true);
  const [anchor] = center.settings().jpki.anchors.anchors;
  if (!anchor) throw new Error('no anchor');
  const { certIds } = parseOcspRequest(buildOcspRequest({ anchor, serial: anchor.serial, hash: 'sha256' }));
  expect(asked.map((request) => parseOcspRequest(request).certIds)).toEqual([certIds, certIds]);
  expect(new Set(asked.map((request) => parseOcspRequest(request).nonce?.toString())).size).toBe(2);
  expect([events('responder-away'), events('job-failed')]).toEqual([1, 0]);
});

test.each([
  ['unauthorized', false],
  ['tryLater', true],
  ['internalError', true],
] as const)('a responder that has only %s to say of the anchor is away: %s', async (word, away) => {
  await fail();
  ask = async () => errorOcspResponse(word);
  await runJobs(center);
  expect(center.responder.isAway()).toBe(away);
});

test('a kiosk that gives the responder no time cannot have it count as away', async () => {
  ask = silent;
  for (let i = 0; i < 5; i += 1) {
    const hasty = prove(center, await begin(center), { within: deadline(2_900) });
    expect(await codeOf(hasty)).toBe('REVOCATION_STATUS_UNAVAILABLE');
  }
  expect(center.responder.isAway()).toBe(false);
});

test('where the responder may take longer than a login may, its silence still counts', async () => {
  const settings = center.settings();
  center = { ...center, settings: () => ({ ...settings, jpki: { ...settings.jpki, ocspTimeoutMs: 60_000 } }) };
  ask = silent;
  for (let i = 0; i < 3; i += 1) await codeOf(prove(center, await begin(center), { within: deadline(10_000) }));
  expect(center.responder.isAway()).toBe(true);
});
