import assert from 'node:assert/strict';
import type { IppClient, IppReply, JobAttributes, JobEvent } from '@machikado/printing';
import type { MachineFault } from '@machikado/protocol';
import { describe, test } from 'vitest';
import { sheetEndOf } from '../use-cases/watch-job.ts';
import { createJobEnds } from './ipp-printer-ends.ts';
import { createJobMemory, toPrintJob } from './ipp-printer-job.ts';

const endOf = (told: JobAttributes, pages: number | undefined) =>
  sheetEndOf({ job: toPrintJob({ 'job-id': 1, ...told }, pages), neverFed: false });
const well = { 'job-state': 'completed', 'job-state-reasons': ['job-completed-successfully'] } as const;

describe('a sheet counts as out', () => {
  test('when the printer counted it', () => {
    assert.equal(endOf({ ...well, 'job-media-sheets-completed': 1 }, 2), 'out');
  });

  test('when nobody counts sheets, the job went well and every page of it was printed', () => {
    assert.equal(endOf({ ...well, 'job-impressions-completed': 2 }, 2), 'out');
    assert.equal(endOf({ ...well, 'job-impressions-completed': 2, 'page-ranges': [[3, 4]] }, undefined), 'out');
  });

  const doubts: readonly [string, JobAttributes, number | undefined][] = [
    ['it counted none', { ...well, 'job-media-sheets-completed': 0, 'job-impressions-completed': 2 }, 2],
    ['it counted another number', { ...well, 'job-media-sheets-completed': 2 }, 2],
    ['a page is missing', { ...well, 'job-impressions-completed': 1 }, 2],
    ['nobody counts anything', well, 2],
    ['nobody knows how many pages there are', { ...well, 'job-impressions-completed': 9 }, undefined],
    [
      'it completed with errors',
      { 'job-state': 'completed', 'job-state-reasons': ['job-completed-with-errors'], 'job-impressions-completed': 2 },
      2,
    ],
    ['it was cancelled', { 'job-state': 'canceled', 'job-media-sheets-completed': 1 }, 2],
    ['it still prints', { 'job-state': 'processing', 'job-media-sheets-completed': 1 }, 2],
    ['its state is unknown', { 'job-media-sheets-completed': 1 }, 2],
  ];
  test.each(doubts)('but not when %s', (_, told, pages) => {
    assert.equal(endOf(told, pages), 'uncertain');
  });
});

describe('a job that stands', () => {
  const rows: readonly [string, JobAttributes, MachineFault[], string, string[]][] = [
    ['prints while nothing is wrong', { 'job-state': 'processing' }, [], 'processing', []],
    [
      'stands when its printer is jammed',
      { 'job-state': 'processing' },
      ['media-jam'],
      'processing-stopped',
      ['media-jam'],
    ],
    [
      'is not believed to have fed nothing when only the printer says that it is empty',
      { 'job-state': 'processing', 'job-impressions-completed': 0 },
      ['media-empty'],
      'processing-stopped',
      [],
    ],
    ['nor when nobody counts', { 'job-state': 'processing-stopped' }, ['media-empty'], 'processing-stopped', []],
    [
      'waits for paper when it says so itself and counts',
      { 'job-state': 'processing-stopped', 'job-impressions-completed': 0 },
      ['media-empty'],
      'processing-stopped',
      ['media-empty'],
    ],
    ['is over, whatever is wrong', { 'job-state': 'canceled' }, ['media-jam'], 'canceled', []],
    ['is pending while it is held', { 'job-state': 'pending-held' }, [], 'pending', []],
  ];
  test.each(rows)('%s', (_, told, faults, state, stateReasons) => {
    const job = toPrintJob({ 'job-id': 1, ...told }, 1, faults);
    assert.deepEqual([job.state, job.stateReasons], [state, stateReasons]);
  });
});

describe('a job that the printer forgot', () => {
  const submitted = () => {
    const memory = createJobMemory();
    memory.submitted(7, { name: 'order.1.1', pages: 2 });
    return memory;
  };
  const endNoted = (note: JobEvent | undefined) => sheetEndOf({ job: submitted().vanished(7, note), neverFed: false });

  test('is as it was last seen, if it was seen at its end', () => {
    const memory = submitted();
    memory.seen(toPrintJob({ 'job-id': 7, 'job-name': 'order.1.1', ...well, 'job-impressions-completed': 2 }, 2));
    assert.equal(sheetEndOf({ job: memory.vanished(7, undefined), neverFed: false }), 'out');
  });

  test('is uncertain when nobody saw its end', () => {
    assert.deepEqual([submitted().vanished(7, undefined).name, endNoted(undefined)], ['order.1.1', 'uncertain']);
    assert.equal(createJobMemory().vanished(7, undefined).state, 'aborted');
  });

  test('ended as the printer’s note says', () => {
    assert.equal(endNoted({ ...well, 'job-impressions-completed': 2 }), 'out');
    assert.equal(endNoted({ ...well, 'job-impressions-completed': 1 }), 'uncertain');
    assert.equal(endNoted({ 'job-state': 'aborted' }), 'uncertain');
    assert.equal(endNoted({ 'job-state': 'processing' }), 'uncertain');
  });
});

describe('notes of ends', () => {
  const said = <T>(value: T): IppReply<T> => ({ ok: true, status: 'successful-ok', ignored: [], value });
  const open = (notes: JobEvent[]) => {
    const asked: [number, number][] = [];
    let made = 0;
    let lost = false;
    const client: Pick<IppClient, 'keepJobEnds' | 'jobEnds'> = {
      async keepJobEnds() {
        made += 1;
        lost = false;
        return said(made);
      },
      async jobEnds(subscription, from) {
        asked.push([subscription, from]);
        if (lost) return { ok: false, status: 'client-error-not-found' };
        return said(notes.filter((note) => (note['notify-sequence-number'] ?? 0) >= from));
      },
    };
    return { client: client as IppClient, asked, made: () => made, lose: () => (lost = true) };
  };
  const able = ['Create-Printer-Subscriptions', 'Get-Notifications'] as const;

  test('are asked for once, and only new ones are fetched again', async () => {
    const notes: JobEvent[] = [{ 'notify-sequence-number': 1, 'notify-job-id': 7, 'job-state': 'completed' }];
    const { client, asked, made } = open(notes);
    const ends = createJobEnds(client, able);
    await ends.keep();
    assert.equal((await ends.of(7))?.['job-state'], 'completed');
    assert.equal(await ends.of(8), undefined);
    await ends.keep();
    await ends.of(9);
    assert.equal(made(), 1);
    assert.deepEqual(asked.at(-1), [1, 2]);
  });

  test('are asked for anew when the printer does not know of them any more', async () => {
    const { client, made, lose } = open([]);
    const ends = createJobEnds(client, able);
    await ends.keep();
    lose();
    await ends.keep();
    assert.equal(made(), 2);
  });

  test('are not asked of a printer that keeps none', async () => {
    const { client, asked, made } = open([]);
    const ends = createJobEnds(client, ['Print-Job']);
    await ends.keep();
    assert.equal(await ends.of(7), undefined);
    assert.deepEqual([made(), asked.length], [0, 0]);
  });
});
