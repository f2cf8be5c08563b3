import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ConnectionOptions, connect } from 'node:tls';
import { kidOf, readVerificationReport } from '@machikado/pki';
import { type SiteAnswer, type SiteErrorCode, type SiteRefusal, siteErrors } from '@machikado/protocol';
import { issueServicePki } from '@machikado/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Examined, Refused, Upload } from '../ports.ts';
import { inventedFinding } from '../testing/invented-finding.ts';
import { formOf, type OpenSite, openSite } from '../testing/open-site.ts';

let site: OpenSite;
let outcome: Examined | Refused = inventedFinding;
let until: Promise<void> | undefined;
let seen: Upload | undefined;
const BODY = 'Not a picture, but nobody looks: </script><!--';

beforeAll(async () => {
  const pageDir = mkdtempSync(join(tmpdir(), 'machikado-page-'));
  mkdirSync(pageDir, { recursive: true });
  writeFileSync(join(pageDir, 'index.html'), '<!doctype html><!-- answer --><p>page</p>');
  writeFileSync(join(pageDir, 'main-ABC.js'), '');
  writeFileSync(join(pageDir, '.left-behind'), '');
  site = await openSite({
    config: { pageDir, limits: { uploadBytes: 100_000, bytesAtOnce: 150_000, checksPerMinute: 1_000 } },
    now: () => new Date('2026-11-23T00:00:00Z'),
    async examine(upload) {
      seen = upload;
      await until;
      return outcome;
    },
  });
});
afterAll(() => site.close());

type Body = NonNullable<RequestInit['body']>;
const post = (body: Body, headers: Record<string, string> = {}, path = '/v1/verifications') =>
  fetch(site.url + path, { method: 'POST', body, headers });
const codeOf = async (response: Response) => ((await response.json()) as SiteRefusal).error.code;

describe('one check', () => {
  test('answers with facts, the municipality’s name, the picture, and a report that verifies', async () => {
    outcome = inventedFinding;
    const response = await post(formOf([['back', BODY]]));
    expect(response.status).toBe(200);
    const answer = (await response.json()) as SiteAnswer;
    const { sha256, ...picture } = inventedFinding.picture;
    expect(answer).toMatchObject({
      facts: { ...inventedFinding.facts, municipality: '架空市' },
      cancellation: { state: 'unknown' },
      picture,
      checkedAt: '2026-11-23T00:00:00.000Z',
    });
    expect(answer.comparison).toBeUndefined();
    const report = await readVerificationReport(answer.report, new Map([[kidOf(site.reportKey), site.reportKey]]));
    expect(report).toEqual({
      ...{ v: 1, checkedAt: '2026-11-23T00:00:00.000Z', signature: 'valid', verdict: 'not-compared' },
      ...{ facts: inventedFinding.facts, keys: inventedFinding.keys, cancellation: { state: 'unknown' } },
      files: [{ sha256: createHash('sha256').update(BODY).digest('hex'), bytes: BODY.length }],
      picture: { sha256, width: 1, height: 1, dpi: 200 },
    });
    const { keys } = (await (await fetch(`${site.url}/v1/report-keys`)).json()) as { keys: unknown };
    expect(keys).toEqual([{ ...site.reportKey.export({ format: 'jwk' }), kid: kidOf(site.reportKey) }]);
  });

  test('knows sides by field, takes no empty file of a form, and hands corners on', async () => {
    const form = formOf([
      ['back', 'one'],
      ['back', 'two'],
      ['front', 'three'],
      ['scan', ''],
    ]);
    form.append('corners', '[[0.1,0.1],[0.9,0.1],[0.9,0.9],[0.1,0.9]]');
    expect((await post(form)).status).toBe(200);
    expect(seen?.files.map(({ role, bytes }) => [role, Buffer.from(bytes).toString()])).toEqual([
      ['back', 'one'],
      ['back', 'two'],
      ['front', 'three'],
    ]);
    expect(seen?.corners?.[2]).toEqual([0.9, 0.9]);
  });

  test('corners may come as a part that calls itself JSON, as clients made from the OpenAPI document send them', async () => {
    const form = formOf([['back', 'x']]);
    form.append('corners', new Blob(['[[0,0],[1,0],[1,1],[0,1]]'], { type: 'application/json' }), undefined);
    const named = await new Response(form).text();
    // A form of a browser gives every blob a file name.
    const body = named.replace(/(name="corners"); filename="[^"]*"/, '$1');
    const [boundary = ''] = /-+\S+/.exec(body) ?? [];
    const type = `multipart/form-data; boundary=${boundary.slice(2)}`;
    expect((await post(body, { 'content-type': type })).status).toBe(200);
    expect(seen?.corners?.[1]).toEqual([1, 0]);
  });

  test('the verdict of a comparison stands in answer and report', async () => {
    const differences = [{ xMm: 10, yMm: 20, wMm: 3, hMm: 4, kind: 'added' as const }];
    outcome = { ...inventedFinding, comparison: { verdict: 'differs', comparedPercent: 97, differences } };
    const answer = (await (await post(formOf([['back', BODY]]))).json()) as SiteAnswer;
    expect(answer.comparison?.differences).toEqual(differences);
    const report = await readVerificationReport(answer.report, new Map([[kidOf(site.reportKey), site.reportKey]]));
    expect(report).toMatchObject({ verdict: 'differs', comparedPercent: 97, differences: 1 });
    outcome = inventedFinding;
  });

  test('a form of another page gets the page with the answer in it, and nothing in it ends the element', async () => {
    const response = await post(formOf([['scan', BODY]]), { origin: 'http://127.0.0.1:1' }, '/');
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    const html = await response.text();
    const [, json = ''] = html.match(/<script type="application\/json" id="answer">([^<]*)<\/script><p>page/) ?? [];
    expect(JSON.parse(json).facts.lgCode).toBe('990019');
    outcome = { refused: 'NOT_FOUND', cornersFound: 2 };
    const refused = await post(formOf([['scan', BODY]]), {}, '/');
    expect(refused.status).toBe(422);
    expect(await refused.text()).toContain('{"error":{"code":"NOT_FOUND","cornersFound":2}}');
    outcome = inventedFinding;
  });
});

describe('refusals', () => {
  test('each that a process can give has its status and its code', async () => {
    for (const [code, { http }] of Object.entries(siteErrors)) {
      outcome = { refused: code as SiteErrorCode };
      const response = await post(formOf([['back', BODY]]));
      expect([response.status, await codeOf(response)]).toEqual([http, code]);
      expect(response.headers.get('retry-after')).toBe(code === 'BUSY' ? '5' : null);
    }
    outcome = inventedFinding;
  });

  test.each<[string, Body, Record<string, string>, SiteErrorCode]>([
    ['nothing', formOf([]), {}, 'NO_PICTURE'],
    ['an empty file', formOf([['back', '']]), {}, 'NO_PICTURE'],
    ['a field of another name', formOf([['side', 'x']]), {}, 'MALFORMED_UPLOAD'],
    ['a field named like a method', formOf([['toString', 'x']]), {}, 'MALFORMED_UPLOAD'],
    ['JSON', '{}', { 'content-type': 'application/json' }, 'MALFORMED_UPLOAD'],
    ['no boundary', 'x', { 'content-type': 'multipart/form-data' }, 'MALFORMED_UPLOAD'],
    ['five files', formOf(Array.from({ length: 5 }, () => ['back', 'x'] as const)), {}, 'TOO_MANY_PICTURES'],
    ['too many bytes', formOf([['back', 'x'.repeat(130_000)]]), {}, 'TOO_LARGE'],
  ])('%s', async (_name, body, headers, code) => {
    const response = await post(body, headers);
    expect([response.status, await codeOf(response)]).toEqual([siteErrors[code].http, code]);
  });

  test.each(['[[0,0],[1,0],[1,1]]', '[[0,0],[2,0],[1,1],[0,1]]', '{', 'null'])('corners %s', async (corners) => {
    const form = formOf([['back', 'x']]);
    form.append('corners', corners);
    expect(await codeOf(await post(form))).toBe('MALFORMED_UPLOAD');
  });

  test('uploads at the same time hold so many bytes and no more', async () => {
    const big = () => formOf([['back', 'x'.repeat(90_000)]]);
    let letGo: () => void = () => undefined;
    until = new Promise((resolve) => {
      letGo = resolve;
    });
    let refused = 0;
    const status = async (asked: Promise<Response>) => {
      const { status } = await asked;
      if (status === 503 && ++refused === 2) letGo();
      return status;
    };
    const statuses = await Promise.all([big(), big(), big()].map((form) => status(post(form))));
    expect(statuses.sort()).toEqual([200, 503, 503]);
    expect((await post(big())).status).toBe(200);
  });

  test('addresses that do not exist', async () => {
    expect(await codeOf(await fetch(`${site.url}/nowhere`))).toBe('NO_SUCH_PAGE');
    expect(await codeOf(await fetch(`${site.url}/%E0%A4%A`))).toBe('NO_SUCH_PAGE');
    expect(await codeOf(await fetch(`${site.url}/.left-behind`))).toBe('NO_SUCH_PAGE');
    expect(await codeOf(await fetch(`${site.url}/..%2f..%2fetc/passwd`))).toBe('NO_SUCH_PAGE');
  });
});

const RULES = [
  ...['content-security-policy', 'cache-control', 'permissions-policy', 'referrer-policy', 'x-content-type-options'],
  ...['cross-origin-opener-policy', 'cross-origin-resource-policy', 'strict-transport-security'],
];

describe('the page', () => {
  test('may load nothing from elsewhere, sets no cookie, and is not kept', async () => {
    const response = await fetch(`${site.url}/`);
    expect(response.headers.get('content-security-policy')).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' blob:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'",
    );
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'cache-control': 'no-store',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'permissions-policy': 'camera=(self), microphone=(), geolocation=()',
      'referrer-policy': 'no-referrer',
      'strict-transport-security': 'max-age=31536000; includeSubDomains',
      'x-content-type-options': 'nosniff',
    });
    expect(response.headers.get('set-cookie')).toBeNull();
    expect((await fetch(`${site.url}/main-ABC.js`)).headers.get('cache-control')).toContain('immutable');
  });

  test('an address that is none is answered under the same rules', async () => {
    const [page, none] = await Promise.all([fetch(`${site.url}/`), fetch(`${site.url}/%E0%A4%A`)]);
    expect(await codeOf(none)).toBe('NO_SUCH_PAGE');
    for (const name of RULES) expect([name, none.headers.get(name)]).toEqual([name, page.headers.get(name)]);
  });

  test('the log says how it went, and nothing about the sheet', async () => {
    await post(formOf([['back', BODY]]));
    expect(Object.keys(JSON.parse(site.lines.at(-1) ?? '')).sort()).toEqual(
      ['durationMs', 'event', 'level', 'service', 'state', 'time'].sort(),
    );
    expect(site.lines.join()).not.toMatch(/0123456789abcdef|990019|127\.0\.0\.1/);
  });
});

test('after 50 uploads nothing of them is on disk or in the log', async () => {
  const before = process.env.TMPDIR;
  const dir = mkdtempSync(join(tmpdir(), 'machikado-kept-'));
  process.env.TMPDIR = dir;
  const canary = (i: number) => `canary-${i}-of-an-upload`;
  const form = (i: number) => formOf([['back', canary(i).repeat(1_000)]]);
  const statuses = await Promise.all(Array.from({ length: 50 }, async (_, i) => (await post(form(i))).status));
  if (before === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = before;
  expect(statuses.filter((status) => status === 200).length).toBeGreaterThan(1);
  expect(readdirSync(dir)).toEqual([]);
  expect(spawnSync('grep', ['-rlaE', 'canary-[0-9]+-of-an-upload', site.dir], { encoding: 'utf8' }).stdout).toBe('');
  expect(site.lines.join()).not.toContain('canary');
});

test('without TLS it listens on loopback only, where a proxy speaks it', async () => {
  const open = openSite({ config: { public: { host: '0.0.0.0', port: 0 } }, examine: () => outcome });
  await expect(open).rejects.toThrow(/loopback only/);
});

describe('its own TLS', () => {
  const refused = [
    ['TLS 1.1', { maxVersion: 'TLSv1.1', minVersion: 'TLSv1', ciphers: 'ALL@SECLEVEL=0' }],
    ['a suite that enciphers first by CBC', { maxVersion: 'TLSv1.2', ciphers: 'ECDHE-ECDSA-AES128-SHA' }],
  ] as const;

  test('is 1.3, or 1.2 with authenticated enciphering', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'machikado-site-tls-'));
    const { keyFile, certFile } = (await issueServicePki(dir, ['site'])).peer('site');
    const safe = await openSite({
      config: { public: { host: '127.0.0.1', port: 0, tls: { keyFile, certFile } } },
      examine: () => outcome,
    });
    const protocolWith = (options: ConnectionOptions) =>
      new Promise<string | null>((resolve) => {
        const port = Number(new URL(safe.url).port);
        const socket = connect({ port, host: '127.0.0.1', rejectUnauthorized: false, ...options }, () => {
          resolve(socket.getProtocol());
          socket.destroy();
        });
        socket.once('error', () => resolve(null));
      });
    expect(await protocolWith({})).toBe('TLSv1.3');
    expect(await protocolWith({ maxVersion: 'TLSv1.2' })).toBe('TLSv1.2');
    for (const [why, options] of refused) expect([why, await protocolWith(options)]).toEqual([why, null]);
    await safe.close();
    rmSync(dir, { recursive: true });
  });
});

test('one address may ask so often in a minute; behind a proxy each visitor counts alone, an IPv6 line as one', async () => {
  const limited = await openSite({
    config: { public: { host: '127.0.0.1', port: 0, proxies: ['127.0.0.1'] }, limits: { checksPerMinute: 2 } },
    examine: () => inventedFinding,
  });
  const from = async (address: string) => {
    const headers = { 'x-forwarded-for': address };
    return (await fetch(`${limited.url}/v1/verifications`, { method: 'POST', body: formOf([['back', 'x']]), headers }))
      .status;
  };
  const asked = ['203.0.113.1', '203.0.113.1', '203.0.113.1', '203.0.113.2'];
  const asked6 = ['2001:db8::1', '2001:db8:0:0:9::2', '2001:db8::3', '2001:db8:0:1::3'];
  const mapped = ['::ffff:203.0.113.2', '::ffff:203.0.113.2', '::ffff:203.0.113.3', '::2'];
  const statuses: number[] = [];
  for (const address of [...asked, ...asked6, ...mapped]) statuses.push(await from(address));
  expect(statuses).toEqual([200, 200, 429, 200, 200, 200, 429, 200, 200, 429, 200, 200]);
  // Who came from another page gets a page then too.
  const asPage = () => fetch(`${limited.url}/`, { method: 'POST', body: formOf([['back', 'x']]) });
  await Promise.all([asPage(), asPage()]);
  const refused = await asPage();
  expect([refused.status, refused.headers.get('content-type')]).toEqual([429, 'text/html; charset=utf-8']);
  expect(await refused.text()).toContain('id="answer">{"error":{"code":"TOO_MANY_REQUESTS"}}</script>');
  await limited.close();
});

test('uploads of one address hold a quarter of the bytes, and shut nobody else out', async () => {
  const big = 90_000;
  let letGo: () => void = () => undefined;
  const answered = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  let examined = () => {};
  const shared = await openSite({
    config: {
      public: { host: '127.0.0.1', port: 0, proxies: ['127.0.0.1'] },
      limits: { uploadBytes: 100_000, bytesAtOnce: 300_000 },
    },
    async examine({ files }) {
      examined();
      if (files[0]?.bytes.length === big) await answered;
      return inventedFinding;
    },
  });
  const from = async (address: string, bytes: number) => {
    const headers = { 'x-forwarded-for': address };
    const body = formOf([['back', 'x'.repeat(bytes)]]);
    return (await fetch(`${shared.url}/v1/verifications`, { method: 'POST', body, headers })).status;
  };
  const stalled: Promise<number>[] = [];
  for (const address of ['2001:db8::1', '2001:db8::2', '2001:db8::3']) {
    const seen = new Promise<void>((resolve) => {
      examined = resolve;
    });
    const asked = from(address, big);
    stalled.push(asked);
    await Promise.race([seen, asked]);
  }
  expect(await from('203.0.113.1', big - 1)).toBe(200);
  letGo();
  expect(await Promise.all(stalled)).toEqual([200, 503, 503]);
  expect(await from('2001:db8::1', big)).toBe(200);
  await shared.close();
});

test('where it listens for IPv6 and IPv4 alike, each IPv4 address counts alone', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'machikado-site-tls-'));
  const { keyFile, certFile } = (await issueServicePki(dir, ['site'])).peer('site');
  const both = await openSite({
    config: { public: { host: '::', port: 0, tls: { keyFile, certFile } }, limits: { checksPerMinute: 1 } },
    examine: () => inventedFinding,
  });
  const form = new Response(formOf([['back', 'x']]));
  const headers = { 'content-type': form.headers.get('content-type') ?? '' };
  const body = Buffer.from(await form.arrayBuffer());
  const to = (host: string) =>
    new Promise<number | undefined>((resolve, reject) => {
      const { port } = new URL(both.url);
      const at = { host, port, path: '/v1/verifications', method: 'POST', headers };
      request({ ...at, rejectUnauthorized: false, agent: false }, (reply) => resolve(reply.resume().statusCode))
        .once('error', reject)
        .end(body);
    });
  // Who comes to ::1 comes from there.
  expect([await to('127.0.0.1'), await to('127.0.0.1'), await to('::1')]).toEqual([200, 429, 200]);
  await both.close();
  rmSync(dir, { recursive: true });
});
