/**
 * nginx in front, with the very lines of docs/operations.md: bytes passed on to two centers, TLS ended for the 問い合わせサイト. And what
 * happens when TLS is ended in front of a center all the same.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { IssuedCard } from '@machikado/jpki';
import { createClient } from '@machikado/server';
import { freePort, issueServicePki, type ServicePki, unlessMissing, withPrograms } from '@machikado/testkit';
import { centerConfig } from '@machikado/town';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inventedFinding } from '../apps/verification/src/testing/invented-finding.ts';
import { type OpenSite, openSite } from '../apps/verification/src/testing/open-site.ts';
import { disagreements, P384, YUNAGI } from './fault-table.ts';
import { type Nginx, operationsLines, STREAM_MODULE, startNginx } from './nginx.ts';
import { type Chain, openChain, WITHOUT_JOBS } from './open-chain.ts';
import { type ChainKiosk, openKiosk } from './open-kiosk.ts';
import { askWithOpenssl } from './openssl.ts';
import { openRawLine, type RawLine, type RawRequest } from './raw-http.ts';
import { logIn } from './raw-kiosk.ts';
import { openLine, type TcpLine } from './tcp-line.ts';

withPrograms(['nginx', 'openssl'], 'nginx-light openssl', () => {
  unlessMissing(existsSync(STREAM_MODULE) ? '' : STREAM_MODULE, 'apt-get install libnginx-mod-stream', () => {
    describe('in front of two centers', inFrontOfCenters);
    describe('in front of the verification site', inFrontOfTheSite);
  });
});

function inFrontOfCenters(): void {
  let chain: Chain;
  let lines: readonly [TcpLine, TcpLine];
  let nginx: Nginx;
  let port: number;
  let kiosk: ChainKiosk;
  let card: IssuedCard;
  beforeAll(async () => {
    chain = await openChain({ centers: 2, kiosks: 2, ...WITHOUT_JOBS });
    lines = [await openLine(), await openLine()];
    for (const [i, line] of lines.entries()) line.leadTo(chain.plan.centers[i]?.port ?? 0);
    port = await freePort();
    const stream = operationsLines('stream', {
      '10.0.0.11:8443': `127.0.0.1:${lines[0].port}`,
      '10.0.0.12:8443': `127.0.0.1:${lines[1].port}`,
      'listen 8443': `listen 127.0.0.1:${port}`,
      '/var/log/nginx/lines.log': join(chain.dir, 'lines.log'),
    });
    nginx = await startNginx([port], { stream });
    card = await chain.orderCard(YUNAGI, 'single', P384);
    await chain.passTheNight();
    kiosk = await openKiosk({ ...chain, centerUrls: [`https://127.0.0.1:${port}`] });
  }, 120_000);
  afterAll(async () => {
    await kiosk?.close();
    await nginx?.close();
    await chain?.close();
    for (const line of lines ?? []) await line.close();
  });

  const goesWell = async () => {
    const { end, paper } = await kiosk.use(card.file);
    expect([end.code, paper.length]).toEqual(['OK', 1]);
    expect(await disagreements({ chain, kiosk })).toEqual([]);
  };

  test('a whole use, its connections spread over both centers', async () => {
    await goesWell();
    for (const line of lines) expect(line.bytesBack()).toBeGreaterThan(0);
  });

  test('with one center away, the other serves', async () => {
    const [first] = lines;
    await first.fail('refused');
    const before = first.bytesBack();
    await goesWell();
    expect(first.bytesBack()).toBe(before);
    await first.mend();
  });

  test('the centers see the kiosk’s own cert: none, a revoked one, one of another CA and one of no kiosk get nothing', async () => {
    const other = await issueServicePki(join(chain.dir, 'other-pki'), [], ['kiosk-1']);
    await chain.pki.issue('stranger');
    await chain.pki.revoke(['kiosk-2']);
    for (const [i, center] of chain.centers.entries())
      await center.reload({ ...centerConfig(chain.plan, `center-${i + 1}`), ...WITHOUT_JOBS.centerConfig });
    const since = chain.logLines.length;
    const call = { port, caFile: chain.pki.caFile };
    const good = await askWithOpenssl({ ...call, client: chain.pki.peer('kiosk-1') });
    expect(good.out).toMatch(/subject=O = Machikado test, CN = center-[12]\n[\s\S]*HTTP\/1\.1 200 OK/);
    for (const client of [undefined, other.peer('kiosk-1'), chain.pki.peer('kiosk-2')])
      expect((await askWithOpenssl({ ...call, client })).out).not.toContain('HTTP/1.1');
    expect((await askWithOpenssl({ ...call, client: chain.pki.peer('stranger') })).out).toContain('"PEER_NOT_ALLOWED"');
    expect(readFileSync(join(chain.dir, 'lines.log'), 'utf8')).toMatch(/^\S+ 127\.0\.0\.1 127\.0\.0\.1:\d+ 200 /m);
    const words = chain.logLines
      .slice(since)
      .map((line): Record<string, unknown> => JSON.parse(line))
      .filter(({ service, event }) => service === 'center' && (event === 'handshake-refused' || event === 'request'))
      .map(({ reason, status }) => reason ?? status);
    expect(words).toEqual([
      200,
      'ERR_SSL_PEER_DID_NOT_RETURN_A_CERTIFICATE',
      'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
      'CERT_REVOKED',
      403,
    ]);
  });

  test('an nginx that ends TLS, with the keys of a center and of a kiosk, is as far as a login can come', async () => {
    const open = await freePort();
    const { pki, plan } = chain;
    const [center, asKiosk] = [pki.peer('center-1'), pki.peer('kiosk-1')];
    const terminating = await startNginx([open], {
      // One line to the center for all requests, as a kiosk keeps it: nothing but the ends of TLS is otherwise.
      http: `upstream center { server 127.0.0.1:${plan.centers[0]?.port}; keepalive 1; }
      server {
        listen 127.0.0.1:${open} ssl;
        ssl_protocols TLSv1.3;
        ssl_certificate ${center.certFile}; ssl_certificate_key ${center.keyFile};
        ssl_client_certificate ${pki.caFile}; ssl_verify_client on;
        location / {
          proxy_pass https://center;
          proxy_http_version 1.1; proxy_set_header Connection ""; proxy_ssl_protocols TLSv1.3;
          proxy_ssl_certificate ${asKiosk.certFile}; proxy_ssl_certificate_key ${asKiosk.keyFile};
          proxy_set_header X-SSL-Client-Cert $ssl_client_escaped_cert;
        }
      }`,
    });
    const client = createClient({ baseUrl: `https://127.0.0.1:${open}`, tls: asKiosk, serverPins: [center.pin] });
    try {
      await expect(logIn(chain, card.file, client)).rejects.toMatchObject({ code: 'PROOF_REFUSED' });
    } finally {
      await client.close();
      await terminating.close();
    }
  });
}

function inFrontOfTheSite(): void {
  const canary = 'canary-of-an-upload';
  let dir: string;
  let pki: ServicePki;
  let site: OpenSite;
  let nginx: Nginx;
  let line: RawLine;
  let port: number;
  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'machikado-front-'));
    pki = await issueServicePki(dir, ['inquiry']);
    site = await openSite({
      config: { public: { host: '127.0.0.1', port: 0, proxies: ['127.0.0.1'] }, limits: { checksPerMinute: 3 } },
      examine: () => inventedFinding,
    });
    port = await freePort();
    nginx = await startNginx([port], { http: front() });
    line = openRawLine(port, pki.caFile);
  });
  afterAll(async () => {
    line?.close();
    await nginx?.close();
    await site?.close();
    if (dir) rmSync(dir, { recursive: true });
  });

  const front = () => {
    const { certFile, keyFile } = pki.peer('inquiry');
    return operationsLines('server', {
      'listen 443': `listen 127.0.0.1:${port}`,
      '/etc/ssl/inquiry.pem': certFile,
      '/etc/ssl/private/inquiry.key': keyFile,
      'http://127.0.0.1:8080': site.url,
      // What nginx would have written is looked at here.
      '  error_log /var/log/nginx/inquiry.log crit;\n': '',
    });
  };
  const upload = (bytes: number): RawRequest => {
    const head = '--x\r\ncontent-disposition: form-data; name="back"; filename="scan"\r\n\r\n';
    return {
      ...{ method: 'POST', path: '/v1/verifications', body: `${head}${canary.padEnd(bytes, '.')}\r\n--x--\r\n` },
      headers: { 'content-type': 'multipart/form-data; boundary=x' },
    };
  };

  test('the page keeps its headers', async () => {
    const page = await line.write('GET / HTTP/1.1\r\nhost: inquiry.example\r\nconnection: close\r\n\r\n');
    expect(page).toMatch(/^content-security-policy: default-src 'none';/im);
    expect(page.match(/^strict-transport-security: max-age=/gim)).toHaveLength(1);
    expect(page).not.toMatch(/^set-cookie/im);
  });

  test('an upload of 8 MB goes through memory alone; with nginx’s own defaults it would lie in a file', async () => {
    const other = await freePort();
    const careless = front()
      .replace(/proxy_request_buffering off;/, '')
      .replace(String(port), String(other));
    const buffering = await startNginx([other], { http: careless });
    const written = /buffered to a temporary file/;
    try {
      expect((await line.ask(upload(8_000_000))).status).toBe(200);
      expect(nginx.errors()).not.toMatch(written);
      const carelessLine = openRawLine(other, pki.caFile);
      await carelessLine.ask(upload(8_000_000));
      carelessLine.close();
      expect(buffering.errors()).toMatch(written);
    } finally {
      await buffering.close();
    }
    expect(spawnSync('grep', ['-rlaE', canary, nginx.dir, site.dir], { encoding: 'utf8' }).stdout).toBe('');
    expect(nginx.errors()).toBe('');
  });

  test('one that is too large is refused in the site’s own words, before it has come', async () => {
    const head = 'POST /v1/verifications HTTP/1.1\r\nhost: inquiry.example\r\nconnection: close\r\n';
    const type = 'content-type: multipart/form-data; boundary=x\r\n';
    expect(await line.write(`${head}${type}content-length: 60000000\r\n\r\n--x`)).toMatch(
      /^HTTP\/1\.1 413 [\s\S]*\{"error":\{"code":"TOO_LARGE"\}\}/,
    );
  });

  test('a visitor who claims another address each time is the same visitor', async () => {
    const statuses: number[] = [];
    for (const claimed of ['203.0.113.1', '203.0.113.2', '203.0.113.3', '203.0.113.4']) {
      const { headers, ...request } = upload(100);
      statuses.push((await line.ask({ ...request, headers: { ...headers, 'x-forwarded-for': claimed } })).status);
    }
    expect(statuses.at(-1)).toBe(429);
  });
}
