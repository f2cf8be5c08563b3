/** OpenSC, whose JPKI driver was made for real cards, reads and uses ours over PC/SC. It shares nothing with our client. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createHash, verify, X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { type CardFile, VirtualCard } from '@machikado/card';
import { connectCard } from '@machikado/simulators';
import { afterEach, beforeEach, describe, test } from 'vitest';
import { freshCardFile, PIN } from './test-card.ts';

const WRONG_PIN = '1111';
const LOGIN_CERT = '1';
const LOGIN_KEY = '01';
const message = Buffer.from('a login message');

/** `slot`: where a card connects. */
export function openScAcceptsOurCard(slot: () => number): void {
  describe('OpenSC', () => {
    let dir: string;
    let saved: CardFile;
    let lying: ReturnType<typeof connectCard>;
    const file = (name: string) => join(dir, name);

    beforeEach(async () => {
      dir = mkdtempSync(join(tmpdir(), 'opensc-'));
      writeFileSync(file('message'), message);
      await untilCard('No');
      assert(freshCardFile.auth);
      saved = { ...freshCardFile, sign: { ...freshCardFile.auth, pin: 'ABC123', triesLeft: 5 } };
      lying = connectCard(
        new VirtualCard(saved, (state) => {
          saved = state;
        }),
        { port: slot() },
      );
      await untilCard('Yes');
    });
    afterEach(async () => {
      await lying.takeAway();
      rmSync(dir, { recursive: true });
    });

    /** Without a home of its own it would read and keep what others left there. */
    const run = (program: string, ...args: string[]) =>
      promisify(execFile)(program, args, { env: { ...process.env, HOME: dir, LC_ALL: 'C' }, timeout: 60_000 });
    /** pcscd notices a card, and its going, at its next look. */
    const untilCard = async (there: 'Yes' | 'No') => {
      const said = new RegExp(`^0 +${there}`, 'm');
      while (!said.test((await run('opensc-tool', '--list-readers')).stdout)) await sleep(100);
    };
    const signOverPkcs11 = (pin: string) => {
      const key = ['--id', LOGIN_KEY, '--mechanism', 'SHA256-RSA-PKCS'];
      const files = ['--input-file', file('message'), '--output-file', file('signature')];
      return run('pkcs11-tool', '--slot-index', '0', '--login', '--pin', pin, '--sign', ...key, ...files);
    };
    const publicKey = () => new X509Certificate(Buffer.from(saved.auth?.cert ?? '', 'base64')).publicKey;
    const assertSigned = () => assert(verify('sha256', message, publicKey(), readFileSync(file('signature'))));

    test('sees a JPKI card: two PINs with their tries, two keys, four certs', async () => {
      const { stdout } = await run('pkcs15-tool', '--dump');
      assert.match(stdout, /PKCS#15 Card \[JPKI\]/);
      const tries = [...stdout.matchAll(/Tries left +: (\d)/g)].map(([, left]) => left);
      assert.deepEqual(tries, ['3', '5']);
      assert.equal(stdout.match(/Private RSA Key/g)?.length, 2);
      assert.equal(stdout.match(/X\.509 Certificate/g)?.length, 4);
    });

    test('reads the cert for logging in, byte by byte', async () => {
      const { stdout } = await run('pkcs15-tool', '--read-certificate', LOGIN_CERT);
      assert.equal(new X509Certificate(stdout).raw.toString('base64'), saved.auth?.cert);
    });

    test('lets it sign, by PKCS #15 and by PKCS #11, and the key of its cert verifies that', async () => {
      const hashed = ['--sha-256', '--pkcs1', '--raw', '--input', file('digest'), '--output', file('signature')];
      writeFileSync(file('digest'), createHash('sha256').update(message).digest());
      await run('pkcs15-crypt', '--sign', '--key', LOGIN_CERT, '--pin', PIN, ...hashed);
      assertSigned();
      rmSync(file('signature'));
      await signOverPkcs11(PIN);
      assertSigned();
    });

    test('counts wrong PINs down, and the right one gives all tries back', async () => {
      await assert.rejects(signOverPkcs11(WRONG_PIN), { stderr: /CKR_PIN_INCORRECT/ });
      assert.equal(saved.auth?.triesLeft, 2);
      const { stdout } = await run('pkcs15-tool', '--list-pins');
      assert.match(stdout, /Tries left +: 2/);
      await signOverPkcs11(PIN);
      assert.equal(saved.auth?.triesLeft, 3);
    });

    test('sees the PIN blocked after three wrong ones, and cannot sign with the right one', async () => {
      for (const left of [2, 1, 0]) {
        await assert.rejects(signOverPkcs11(WRONG_PIN), { stderr: /CKR_PIN_INCORRECT/ });
        assert.equal(saved.auth?.triesLeft, left);
      }
      assert.match((await run('pkcs11-tool', '--list-slots')).stdout, /user PIN locked/);
      await assert.rejects(signOverPkcs11(PIN), { stderr: /C_Login failed/ });
      assert.equal(saved.auth?.triesLeft, 0);
    });
  });
}
