/**
 * The `openssl` program instead of our own code: `s_client` in the place of a kiosk and of a center, which of its handshakes are taken, and
 * `ocsp` in the place of the JPKI center (有効性確認). The other direction, its client at our responder, is stand-ins/jpki’s.
 */

import { spawnSync } from 'node:child_process';
import type { CaGeneration, IssuedCard } from '@machikado/jpki';
import { issueServicePki, type ServicePki, withPrograms } from '@machikado/testkit';
import { centerConfig, issuerConfig } from '@machikado/town';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { P384, YUNAGI } from './fault-table.ts';
import { type Chain, openChain, WITHOUT_JOBS } from './open-chain.ts';
import { openKiosk } from './open-kiosk.ts';
import { askWithOpenssl, type OpensslCall, type OpensslResponder, startOpensslResponder } from './openssl.ts';
import { logIn } from './raw-kiosk.ts';

const DAY_MS = 86_400_000;

withPrograms(['openssl'], 'openssl', () => {
  let chain: Chain;
  let otherPki: ServicePki;
  beforeAll(async () => {
    chain = await openChain({ kiosks: 2, ...WITHOUT_JOBS });
    const { pki } = chain;
    otherPki = await issueServicePki(`${chain.dir}/other-pki`, ['center-1'], ['kiosk-1']);
    const lastWeek = { notBefore: new Date(Date.now() - 8 * DAY_MS), notAfter: new Date(Date.now() - DAY_MS) };
    await pki.issue('expired', lastWeek);
    await pki.issue('revoked');
    await pki.revoke(['revoked']);
    await takeOver();
  }, 120_000);
  afterAll(() => chain?.close());

  /** Every server reads its files again. */
  const takeOver = async (change: Partial<ReturnType<typeof centerConfig>> = {}) => {
    const center = { ...centerConfig(chain.plan, 'center-1'), ...WITHOUT_JOBS.centerConfig };
    await chain.centers[0]?.reload({ ...center, ...change });
    const issuer = { ...issuerConfig(chain.plan, 'issuer-1'), ...WITHOUT_JOBS.issuerConfig };
    expect(await chain.issuers[0]?.reload(() => issuer)).toBe('reloaded');
  };
  /** What a server wrote about those who called it, in a word each. */
  const logOf = (service: string, since: number) =>
    chain.logLines
      .slice(since)
      .map((line): Record<string, unknown> => JSON.parse(line))
      .filter((line) => line.service === service && ['request', 'handshake-refused'].includes(String(line.event)))
      .map(({ reason, status }) => reason ?? status);

  describe.each([
    { server: 'center', port: () => chain.plan.centers[0]?.port, right: 'kiosk-1', wrong: 'issuer-1' },
    { server: 'issuer', port: () => chain.plan.issuers[0]?.port, right: 'center-1', wrong: 'kiosk-1' },
  ])('openssl s_client at the port of the $server', ({ server, port, right, wrong }) => {
    const ask = async (name: string | undefined, options: Partial<OpensslCall> = {}) => {
      const since = chain.logLines.length;
      const client = name === undefined ? undefined : chain.pki.peer(name);
      const heard = await askWithOpenssl({ port: port() ?? 0, caFile: chain.pki.caFile, client, ...options });
      return { ...heard, log: logOf(server, since) };
    };
    /**
     * No byte of HTTP came back, and no request was heard of. How the program sees the end, and so its exit code, is left to chance where no alert
     * is sent: an end of file or a reset.
     */
    const refused = async (asked: ReturnType<typeof ask>) => {
      const { out, err, log } = await asked;
      expect(out).not.toContain('HTTP/1.1');
      expect(log).toHaveLength(1);
      return { err, reason: log[0] };
    };

    test('the right cert: TLS 1.3, the server’s own cert, and an answer', async () => {
      const { exitCode, out, log } = await ask(right, { options: ['-verify_ip', '127.0.0.1'] });
      expect(exitCode).toBe(0);
      expect(out).toContain(`subject=O = Machikado test, CN = ${server}-1\n`);
      expect(out).toMatch(/^New, TLSv1\.3, Cipher is TLS_AES_256_GCM_SHA384$/m);
      expect(out).toContain('Verify return code: 0 (ok)');
      expect(out).toContain('HTTP/1.1 200 OK');
      expect(log).toEqual([200]);
    });

    test.each([
      ['a revoked cert', 'revoked', 'CERT_REVOKED'],
      ['an expired cert', 'expired', 'CERT_HAS_EXPIRED'],
    ])('%s: refused', async (_what, name, reason) => {
      expect((await refused(ask(name))).reason).toBe(reason);
    });

    test('no cert: refused, and told why', async () => {
      const { err, reason } = await refused(ask(undefined));
      expect(err).toContain('alert certificate required');
      expect(reason).toBe('ERR_SSL_PEER_DID_NOT_RETURN_A_CERTIFICATE');
    });

    test('a cert of the same name from another CA: refused', async () => {
      const { reason } = await refused(ask(undefined, { client: otherPki.peer(right) }));
      expect(reason).toBe('UNABLE_TO_VERIFY_LEAF_SIGNATURE');
    });

    test('a good cert with the key of another: it does not even begin', async () => {
      const client = { certFile: chain.pki.peer(right).certFile, keyFile: chain.pki.peer(wrong).keyFile };
      const { exitCode, out, log } = await ask(undefined, { client });
      expect([exitCode, out, log]).toEqual([1, '', []]);
    });

    test('a good cert of somebody else: heard, and told that it may not ask', async () => {
      const { out, log } = await ask(wrong);
      expect(out).toMatch(/HTTP\/1\.1 403 [\s\S]*"PEER_NOT_ALLOWED"/);
      expect(log).toEqual([403]);
    });

    test.each([
      ['TLS 1.2', ['-tls1_2'], /alert protocol version/],
      ['TLS 1.1', ['-tls1_1', '-cipher', 'ALL:@SECLEVEL=0'], /alert protocol version/],
      ['TLS 1.0', ['-tls1', '-cipher', 'ALL:@SECLEVEL=0'], /alert protocol version/],
      ['a cipher that we do not speak', ['-ciphersuites', 'TLS_AES_128_CCM_8_SHA256'], /alert handshake failure/],
      ['HTTP/2', ['-alpn', 'h2'], /alert no application protocol/],
    ])('%s: refused, also with the right cert', async (_what, options, told) => {
      expect((await refused(ask(right, { options }))).err).toMatch(told);
    });

    test.each([
      ['of another CA', { caFile: () => otherPki.caFile }, /self-signed certificate in certificate chain/],
      ['of another name', { options: ['-verify_hostname', 'center-9.machikado.test'] }, /hostname mismatch/],
    ])('a client that awaits a server %s hangs up before it has shown its own cert', async (_what, other, told) => {
      const { caFile, ...options } = { caFile: () => chain.pki.caFile, ...other };
      const { out, err } = await ask(right, { ...options, caFile: caFile() });
      expect(err).toMatch(told);
      expect(out).not.toContain('HTTP/1.1');
    });
  });

  test('a kiosk that is taken out of the config file, and one whose cert is put on the CRL: from then on', async () => {
    const port = chain.plan.centers[0]?.port ?? 0;
    const call = { port, caFile: chain.pki.caFile, client: chain.pki.peer('kiosk-2') };
    const ticket = `${chain.dir}/ticket.pem`;
    expect((await askWithOpenssl({ ...call, options: ['-sess_out', ticket] })).out).toContain('HTTP/1.1 200 OK');
    // With it nothing can be sent before the handshake: anybody could send that again.
    const { stdout } = spawnSync('openssl', ['sess_id', '-in', ticket, '-noout', '-text'], { encoding: 'utf8' });
    expect(stdout).toContain('Max Early Data: 0\n');
    // Nor does it spare the handshake: who shows it is asked for its cert like anybody.
    const again = await askWithOpenssl({ ...call, options: ['-sess_in', ticket] });
    expect(again.out).toMatch(/^New, TLSv1\.3,[\s\S]*HTTP\/1\.1 200 OK/m);

    const { kiosks } = centerConfig(chain.plan, 'center-1');
    await takeOver({ kiosks: kiosks.filter(({ kioskId }) => kioskId !== 'kiosk-2') });
    expect((await askWithOpenssl(call)).out).toContain('"PEER_NOT_ALLOWED"');

    await chain.pki.revoke(['revoked', 'kiosk-2']);
    await takeOver();
    for (const options of [[], ['-sess_in', ticket]]) {
      const heard = await askWithOpenssl({ ...call, options });
      expect(heard.out).not.toContain('HTTP/1.1');
      expect(heard.out).not.toMatch(/^Reused/m);
    }
  });

  describe('openssl ocsp in the place of the JPKI center', () => {
    let ca: CaGeneration;
    let other: CaGeneration;
    let good: IssuedCard;
    let revoked: IssuedCard;
    let unheard: IssuedCard;
    let responder: OpensslResponder | undefined;
    beforeAll(async () => {
      const order = (who: 'single' | 'couple' | 'family-head') => chain.orderCard(YUNAGI, who, P384);
      [good, revoked, unheard] = await Promise.all([order('single'), order('couple'), order('family-head')]);
      await chain.passTheNight();
      const isIssuer = ({ anchor }: CaGeneration) => anchor.fingerprint === good.auth.anchorFingerprint;
      const [issuer, sister] = chain.jpki.generations
        .filter(({ purpose }) => purpose === 'auth')
        .toSorted((a, b) => Number(isIssuer(b)) - Number(isIssuer(a)));
      if (!issuer || !sister) throw new RangeError('a purpose has three CAs of one name');
      [ca, other] = [issuer, sister];
    });
    afterAll(() => responder?.close());

    const answerWith = async (signer: Pick<CaGeneration, 'cert' | 'key'>, options: readonly string[] = []) => {
      await responder?.close();
      const cards = [{ card: good }, { card: revoked, revoked: 'keyCompromise' }];
      responder = await startOpensslResponder({ dir: chain.dir, ca, signer, cards, options });
      const { jpki } = centerConfig(chain.plan, 'center-1');
      await takeOver({ jpki: { ...jpki, ocspUrl: responder.url } });
    };

    test.each([
      ['an RSA key', () => ca.signers.rsa, []],
      ['a P-256 key', () => ca.signers.p256, []],
      ['the key of the CA itself', () => ca, []],
      ['an RSA key, named by its hash', () => ca.signers.rsa, ['-resp_key_id']],
    ] as const)('signing with %s: good lets in, revoked and unknown do not', async (_what, signer, options) => {
      await answerWith(signer(), options);
      expect((await logIn(chain, good.file)).municipalities).toContainEqual({ lgCode: YUNAGI, role: 'residence' });
      await expect(logIn(chain, revoked.file)).rejects.toMatchObject({ code: 'USER_CERT_REVOKED' });
      await expect(logIn(chain, unheard.file)).rejects.toMatchObject({ code: 'USER_CERT_UNKNOWN' });
    });

    test('a whole use: the issuing server takes its answer too', async () => {
      await answerWith(ca.signers.rsa);
      const kiosk = await openKiosk(chain);
      const { end, paper } = await kiosk.use(good.file);
      await kiosk.close();
      expect([end.code, paper.length]).toEqual(['OK', 1]);
    });

    test.each([
      ['a signature with one byte changed', () => ca.signers.rsa, ['-badsig']],
      ['an answer without the signer’s cert', () => ca.signers.rsa, ['-resp_no_certs']],
      ['a signer of another CA of the same name', () => other.signers.rsa, []],
    ] as const)('%s lets nobody in', async (_what, signer, options) => {
      await answerWith(signer(), options);
      await expect(logIn(chain, good.file)).rejects.toMatchObject({ code: 'REVOCATION_STATUS_UNAVAILABLE' });
    });

    test('a responder that has ended lets nobody in', async () => {
      await answerWith(ca.signers.rsa);
      await responder?.close();
      await expect(logIn(chain, good.file)).rejects.toMatchObject({ code: 'REVOCATION_STATUS_UNAVAILABLE' });
    });
  });
});
