/** 50 uploads of both sides at once, with real processes: all are answered, memory stays bounded, and nothing of them is on disk or in a log afterwards. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import type { SiteAnswer, SiteRefusal } from '@machikado/protocol';
import { expect, test } from 'vitest';
import { formOf, openSite } from './testing/open-site.ts';
import { asFile, facts, paperInHand } from './testing/paper-in-hand.ts';

const UPLOADS = 50;
/** The server itself, two processes that work, two that wait. */
const RESIDENT_MAX = 2_000 * 2 ** 20;

test('after 50 uploads at once nothing of them is left', async () => {
  // All of them from one address, whose share is a quarter.
  const limits = { checksPerMinute: 1_000, workMs: 1_800_000, bytesAtOnce: 4 * 256 * 2 ** 20 };
  const site = await openSite({ config: { limits } });
  const paper = await paperInHand({ lettered: true });
  const [back, front] = [await asFile.jpeg(paper.back), await asFile.jpeg(paper.front)];
  // Behind the end of a JPEG anything may stand.
  const canary = (jpeg: Buffer, i: number) => Buffer.concat([jpeg, Buffer.from(`canary-${i}-of-the-upload`)]);
  let most = 0;
  const watch = setInterval(() => {
    most = Math.max(most, familyBytes());
  }, 500);
  const ask = async (i: number): Promise<string | undefined> => {
    const form = formOf([
      ['back', canary(back, i)],
      ['front', canary(front, i)],
    ]);
    const answer = await post(`${site.url}/v1/verifications`, form);
    if (!('error' in answer)) return answer.facts.issueNumber;
    // As the page does.
    return answer.error.code === 'BUSY' ? ask(i) : answer.error.code;
  };
  const answers = await Promise.all(Array.from({ length: UPLOADS }, (_, i) => ask(i)));
  clearInterval(watch);
  expect(new Set(answers)).toEqual(new Set([facts.issueNumber]));
  expect(most).toBeGreaterThan(100 * 2 ** 20);
  expect(most).toBeLessThan(RESIDENT_MAX);
  expect(site.lines.filter((line) => line.includes('"same"'))).toHaveLength(UPLOADS);
  expect(site.lines.join()).not.toMatch(/canary|0123456789abcdef|127\.0\.0\.1/);
  const args = ['-rlaE', 'canary-[0-9]+-of-the-upload', tmpdir(), site.dir];
  expect(spawnSync('grep', args, { encoding: 'utf8' }).stdout).toBe('');
  await site.close();
});

/** However long it takes: `fetch` gives up after five minutes, which are soon over where the machine has other work. */
async function post(url: string, form: FormData): Promise<SiteAnswer | SiteRefusal> {
  const encoded = new Response(form);
  const body = Buffer.from(await encoded.arrayBuffer());
  const headers = { 'content-type': encoded.headers.get('content-type') ?? '', 'content-length': body.length };
  return new Promise((resolve, reject) => {
    const asking = request(url, { method: 'POST', headers }, async (reply) => {
      resolve(JSON.parse(Buffer.concat(await reply.toArray()).toString()));
    });
    asking.on('error', reject).end(body);
  });
}

/** This process and its children (Linux). */
function familyBytes(): number {
  const family = [process.pid, ...childrenOf(process.pid)];
  return family.reduce((sum, pid) => sum + residentBytes(pid), 0);
}

const childrenOf = (pid: number): number[] =>
  read(`/proc/${pid}/task/${pid}/children`).split(' ').filter(Boolean).map(Number);
const residentBytes = (pid: number) => Number(read(`/proc/${pid}/statm`).split(' ')[1] ?? 0) * 4096;

function read(file: string): string {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    return '';
  }
}
