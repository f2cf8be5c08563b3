/** The oldest server that is promised: a whole use on Debian’s PostgreSQL 15, with the same SQL and the same roles. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, withPrograms } from '@machikado/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openChain, WITHOUT_JOBS } from './open-chain.ts';
import { openKiosk } from './open-kiosk.ts';

const bin = '/usr/lib/postgresql/15/bin';
const nobody = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};

withPrograms([`${bin}/postgres`, `${bin}/initdb`], 'postgresql-15', () => {
  const dir = mkdtempSync(join(tmpdir(), 'machikado-pg15-'));
  const before = process.env.TEST_DATABASE_URL;
  let server: ChildProcess;
  beforeAll(async () => {
    chmodSync(dir, 0o755);
    if (nobody.uid !== undefined) chownSync(dir, nobody.uid, nobody.gid);
    const data = join(dir, 'data');
    const made = spawnSync(
      `${bin}/initdb`,
      ['-D', data, '-U', 'postgres', '--auth=trust', '-E', 'UTF8', '--locale=C'],
      { ...nobody, cwd: dir, encoding: 'utf8' },
    );
    expect(made.stderr + made.stdout).toContain('Success');
    const port = await freePort();
    server = spawn(
      `${bin}/postgres`,
      ['-D', data, '-p', String(port), '-k', '', '-c', 'listen_addresses=127.0.0.1', '-c', 'fsync=off'],
      { ...nobody, cwd: dir, stdio: ['ignore', 'ignore', 'pipe'] },
    );
    await new Promise<void>((resolve, reject) => {
      let said = '';
      server.stderr?.on('data', (chunk) => {
        said += chunk;
        if (said.includes('ready to accept connections')) resolve();
      });
      server.once('exit', () => reject(new Error(said)));
    });
    process.env.TEST_DATABASE_URL = `postgres://postgres@127.0.0.1:${port}/postgres`;
  });
  afterAll(async () => {
    if (before === undefined) delete process.env.TEST_DATABASE_URL;
    else process.env.TEST_DATABASE_URL = before;
    const ended = new Promise((resolve) => server.once('exit', resolve));
    server.kill('SIGINT');
    await ended;
    rmSync(dir, { recursive: true, force: true });
  });

  test('from card to paper on PostgreSQL 15', async () => {
    const chain = await openChain(WITHOUT_JOBS);
    const kiosk = await openKiosk(chain);
    try {
      expect(await chain.centerDb.db.one('show server_version')).toMatchObject({
        server_version: expect.stringMatching(/^15\./),
      });
      const card = await chain.orderCard('990019', 'big-household', { algorithm: 'ecdsa-p384-sha384' });
      await chain.passTheNight();
      const { end, paper } = await kiosk.use(card.file, { scope: 'household', copies: 2 });
      expect([end.code, paper.length]).toEqual(['OK', 4]);
      await chain.centers[0]?.runJobs();
      const numbers = await chain.issuerDb.db.query('select state from m990019.issue_number');
      expect(numbers).toEqual([{ state: 'handed-over' }, { state: 'handed-over' }]);
    } finally {
      await kiosk.close();
      await chain.close();
    }
  });
});
