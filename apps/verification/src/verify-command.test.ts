import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { siteKeys } from './testing/open-site.ts';
import { asFile, paperInHand } from './testing/paper-in-hand.ts';
import { verifyCommand } from './verify-command.ts';

const dir = mkdtempSync(join(tmpdir(), 'machikado-verify-'));
const at = (name: string) => join(dir, name);

beforeAll(async () => {
  const { keys, reportKey } = siteKeys(dir);
  const config = {
    public: { host: '127.0.0.1', port: 0 },
    keys,
    municipalities: [{ lgCode: '990019', name: '架空市' }],
  };
  writeFileSync(at('site.json'), JSON.stringify(config));
  writeFileSync(at('report.pub.pem'), reportKey.export({ type: 'spki', format: 'pem' }));
  writeFileSync(at('back.png'), await asFile.png((await paperInHand()).back));
  writeFileSync(at('forged.png'), await asFile.png((await paperInHand({ forger: true })).back));
  writeFileSync(at('text.txt'), 'no picture');
});

async function run(...args: string[]) {
  const said = { out: '', err: '' };
  const code = await verifyCommand(args, {
    out: (text) => {
      said.out += text;
    },
    err: (text) => {
      said.err += text;
    },
  });
  return { code, ...said };
}
const verify = (...args: string[]) => run('--config', at('site.json'), ...args);

test('a genuine back ends with 0, says what it is and what that does not prove; its report can be checked', async () => {
  const { code, out } = await verify(at('back.png'), '--report', at('report.jws'), '--picture', at('front.png'));
  expect(code).toBe(0);
  for (const word of [
    '架空市 990019',
    '0123456789abcdef',
    '1 of 2',
    'not known',
    'a copy of the back can be restored too',
  ])
    expect(out).toContain(word);
  expect(readFileSync(at('front.png')).subarray(1, 4).toString()).toBe('PNG');
  const checked = await run('--check-report', at('report.jws'), '--key', at('report.pub.pem'));
  expect([checked.code, JSON.parse(checked.out).verdict]).toEqual([0, 'not-compared']);
  writeFileSync(at('other.jws'), readFileSync(at('report.jws'), 'utf8').replace(/.$/, '#'));
  expect((await run('--check-report', at('other.jws'), '--key', at('report.pub.pem'))).code).toBe(4);
});

test('what is forged ends with 4, what is unreadable with 3, both with their code', async () => {
  const forged = await verify(at('forged.png'), '--json');
  expect([forged.code, JSON.parse(forged.out)]).toEqual([4, { refused: 'SIGNATURE_INVALID' }]);
  const text = await verify(at('text.txt'));
  expect([text.code, text.out.split(':')[0]]).toEqual([3, 'TYPE_NOT_SUPPORTED']);
});

test('wrong use ends with 64 and an explanation', async () => {
  for (const args of [[], ['--nonsense'], [at('missing.png')], ['--config', at('missing.json'), at('back.png')]]) {
    const { code, err } = await verify(...args);
    expect([code, err.includes('npm run verify -- BACK')]).toEqual([64, true]);
  }
  expect(await run('--help')).toMatchObject({ code: 0, err: '' });
});
