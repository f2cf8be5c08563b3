import { fileURLToPath } from 'node:url';
import { createLog } from '@machikado/server';
import { afterEach, expect, test } from 'vitest';
import { asFile, engineKeys, facts, paperInHand } from '../testing/paper-in-hand.ts';
import { type ExaminingProcesses, examiningProcesses, type ProcessLimits } from './examining-processes.ts';

const small = fileURLToPath(new URL('../testing/small-program.mjs', import.meta.url));
const limits: ProcessLimits = { atOnce: 1, waiting: 2, workMs: 60_000, workBytes: 2 ** 31 };
const [answers, dies, faults, grows, hangs] = [1, 2, 3, 4, 5];

let processes: ExaminingProcesses;
afterEach(() => processes.close());

function open(changed: Partial<ProcessLimits> = {}, program?: string): string[] {
  const lines: string[] = [];
  const log = createLog({ service: 'verification', write: (line) => lines.push(line) });
  processes = examiningProcesses(engineKeys, { ...limits, ...changed }, log, program);
  return lines;
}

const upload = (act: number) => ({ files: [{ role: 'back' as const, bytes: new Uint8Array([act]) }] });
const ask = (act: number, signal = new AbortController().signal) => processes.examine(upload(act), signal);

test('a process that dies, fails, hangs or grows costs its own upload only', async () => {
  const lines = open({ workMs: 4_000, workBytes: 200 * 2 ** 20 }, small);
  expect(await ask(dies)).toEqual({ refused: 'FILE_BROKEN' });
  expect(await ask(faults)).toEqual({ refused: 'INTERNAL' });
  expect(await ask(grows)).toEqual({ refused: 'TOO_SLOW' });
  expect(await ask(hangs)).toEqual({ refused: 'TOO_SLOW' });
  expect(await ask(answers)).toEqual({ refused: 'NOT_FOUND', cornersFound: 1 });
  expect(lines.map((line) => JSON.parse(line).event)).toEqual(['examiner-crashed', 'examiner-fault']);
});

test('the line has an end, and who leaves it makes room', async () => {
  open({}, small);
  const gone = new AbortController();
  const first = ask(hangs, gone.signal);
  const leaving = new AbortController();
  const [second, third] = [ask(answers, leaving.signal), ask(answers)];
  expect(await ask(answers)).toEqual({ refused: 'BUSY' });
  leaving.abort();
  expect(await second).toEqual({ refused: 'BUSY' });
  gone.abort();
  expect(await first).toEqual({ refused: 'TOO_SLOW' });
  expect(await third).toMatchObject({ refused: 'NOT_FOUND' });
});

test('a real process reads a back with the keys it was given', async () => {
  open();
  const bytes = await asFile.jpeg((await paperInHand()).back);
  const found = await processes.examine({ files: [{ role: 'back', bytes }] }, new AbortController().signal);
  expect(found).toMatchObject({
    facts: { ...facts, issuedAt: '2026-11-22T03:00:00Z' },
    keys: { encryption: 1, signing: 2 },
    picture: { type: 'image/png', width: 1654, height: 2339, dpi: 200 },
  });
}, 120_000);
