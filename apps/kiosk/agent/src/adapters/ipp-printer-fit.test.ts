import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { decodeIpp, encodeIpp, groupTyped, operations, type PrinterAttributes, tables } from '@machikado/printing';
import { blankPdf } from '@machikado/testkit';
import { afterEach, test } from 'vitest';
import { ippPrinter } from './ipp-printer.ts';
import { statusOf, trayEmptyOf } from './ipp-printer-status.ts';

let server: Server | undefined;
afterEach(() => {
  server?.close();
  server?.closeAllConnections();
});

const whole: PrinterAttributes = {
  'document-format-supported': ['application/pdf'],
  'page-ranges-supported': true,
  'sides-supported': ['one-sided', 'two-sided-long-edge'],
  'media-supported': ['iso_a4_210x297mm'],
  'print-scaling-supported': ['none', 'fit'],
  'operations-supported': ['Print-Job'],
};

/** A printer that can so much, takes every job as number 7, and passes over what it says here. */
async function openStub(can: PrinterAttributes, ignores: readonly string[] = []) {
  const asked: { operation: number; job: readonly string[] }[] = [];
  server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { code, requestId, groups } = decodeIpp(Buffer.concat(chunks));
    asked.push({
      operation: code,
      job: groups.filter(({ tag }) => tag === 'job').flatMap(({ attributes }) => attributes.map(({ name }) => name)),
    });
    const unsupported = ignores.map((name) => ({ name, values: [{ tag: 'unsupported' as const }] }));
    const reply = encodeIpp({
      ...{ version: [1, 1], code: 0, requestId, data: new Uint8Array() },
      groups: [
        groupTyped('operation', tables.operation, {
          'attributes-charset': 'utf-8',
          'attributes-natural-language': 'en',
        }),
        ...(unsupported.length > 0 ? [{ tag: 'unsupported' as const, attributes: unsupported }] : []),
        groupTyped('job', tables.job, { 'job-id': 7, 'job-state': 'pending' }),
        groupTyped('printer', tables.printer, can),
      ],
    });
    response.writeHead(200, { 'content-type': 'application/ipp' }).end(reply);
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  return { url: `ipp://127.0.0.1:${(server.address() as AddressInfo).port}/`, asked };
}

const order = { name: 'order.1.1', document: blankPdf(1), pages: [1, 1], duplex: true } as const;

test('says everything that a printer lacks, and sends it no job', async () => {
  const { url, asked } = await openStub({ ...whole, 'page-ranges-supported': false, 'sides-supported': ['one-sided'] });
  const printer = ippPrinter({ url });
  await assert.rejects(printer.submit(order), { name: 'UnfitPrinter', lacks: ['page-ranges', 'two-sided-long-edge'] });
  await assert.rejects(printer.status(), { message: 'the printer lacks page-ranges, two-sided-long-edge' });
  assert.equal(asked.filter(({ operation }) => operation === operations['Print-Job']).length, 0);
  printer.close();
});

test('a printer that says nothing of itself lacks everything', async () => {
  const printer = ippPrinter({ url: (await openStub({})).url });
  await assert.rejects(printer.submit(order), {
    lacks: ['application/pdf', 'page-ranges', 'two-sided-long-edge', 'iso_a4_210x297mm'],
  });
  printer.close();
});

test('asks for what certificates need, and for scaling and colour where the printer has a word for them', async () => {
  const { url, asked } = await openStub(whole);
  const printer = ippPrinter({ url });
  assert.equal(await printer.submit(order), 7);
  assert.deepEqual(asked.at(-1)?.job, ['copies', 'page-ranges', 'sides', 'media', 'print-scaling']);
  printer.close();
});

test('a job that was taken as another one is cancelled', async () => {
  const { url, asked } = await openStub(whole, ['sides']);
  const printer = ippPrinter({ url });
  await assert.rejects(printer.submit(order), { name: 'PrinterRefused' });
  assert.equal(asked.at(-1)?.operation, operations['Cancel-Job']);
  printer.close();
});

const rows: readonly [readonly string[], readonly string[], readonly string[]][] = [
  [['none'], [], []],
  [['media-jam'], ['media-jam'], []],
  [['media-jam-warning'], ['media-jam'], []],
  [['door-open-error', 'cover-open'], ['cover-open'], []],
  [['media-empty-error', 'toner-empty'], ['media-empty', 'toner-empty'], []],
  [['media-empty-warning'], [], ['media-low']],
  [['media-empty-report', 'media-low-report'], [], ['media-low']],
  [['media-needed-warning'], ['media-empty'], []],
  [['marker-supply-low-warning', 'toner-low'], [], ['toner-low']],
  [['offline-report'], [], []],
  [['paused'], ['printer-away'], []],
  [['com.example-strange-error'], [], []],
];
test.each(rows)('%j', (reasons, faults, warnings) => {
  assert.deepEqual(statusOf({ 'printer-state-reasons': reasons }), { faults, warnings });
});

test('a printer that stands without a word, or takes no jobs, is away', () => {
  assert.deepEqual(statusOf({ 'printer-state': 'stopped', 'printer-state-reasons': ['none'] }).faults, [
    'printer-away',
  ]);
  assert.deepEqual(statusOf({ 'printer-is-accepting-jobs': false }).faults, ['printer-away']);
});

test('only cassettes of A4 count, and the last sheet taken is an empty cassette', () => {
  const a4 = 'dimunit=micrometers;mediafeed=297000;mediaxfeed=210000;maxcapacity=500;level=0;';
  const a3 = 'dimunit=micrometers;mediafeed=420000;mediaxfeed=297000;maxcapacity=500;level=90;';
  assert.deepEqual(statusOf({ 'printer-input-tray': [a4, a3] }), {
    faults: ['media-empty'],
    warnings: [],
    sheetsLeft: 0,
  });
  assert.deepEqual(statusOf({ 'printer-input-tray': ['maxcapacity=-2;level=-2;'] }), { faults: [], warnings: [] });
});

test('a tray is empty only if each says so', () => {
  const [empty, full, blind] = [
    'maxcapacity=9;remaining=9;',
    'maxcapacity=9;remaining=8;',
    'maxcapacity=9;remaining=-2;',
  ];
  assert.deepEqual(
    [[empty], [empty, full], [full, blind], [empty, blind], []].map((trays) => trayEmptyOf(trays as string[])),
    [true, false, false, 'unknown', 'unknown'],
  );
  assert.equal(trayEmptyOf(undefined), 'unknown');
});
