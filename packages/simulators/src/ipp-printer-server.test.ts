import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  decodeIpp,
  encodeIpp,
  groupOf,
  groupTyped,
  type IppClient,
  type IppGroup,
  type JobTemplate,
  type Operation,
  type OperationAttributes,
  openIppClient,
  operations,
  parseInputTray,
  parseOutputTray,
  parseSupply,
  readTyped,
  statusOf,
  tables,
} from '@machikado/printing';
import { blankPdf } from '@machikado/testkit';
import { afterEach, beforeEach, describe, test } from 'vitest';
import { serveIppPrinter } from './ipp-printer-server.ts';
import { openPrinter } from './printer.ts';

let dir: string;
let printer: ReturnType<typeof openPrinter>;
let server: Awaited<ReturnType<typeof serveIppPrinter>>;
let client: IppClient;
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'ipp-server-'));
  printer = openPrinter(dir);
  server = await serveIppPrinter(printer, { port: 0 });
  client = openIppClient(server.url, { timeoutMs: 5_000, user: 'kiosk' });
});
afterEach(async () => {
  client.close();
  await server.close();
  rmSync(dir, { recursive: true });
});

const orderOf = (template: JobTemplate = {}, fidelity = true) => ({
  ...{ name: 'order', format: 'application/pdf', fidelity },
  template: { sides: 'two-sided-long-edge', media: 'iso_a4_210x297mm', ...template },
});

async function print(template: JobTemplate = {}, pages = 4) {
  const reply = await client.printJob(orderOf(template), blankPdf(pages));
  assert.ok(reply.ok, reply.status);
  const id = reply.value['job-id'] ?? 0;
  for (;;) {
    const look = await client.jobAttributes(id, [
      'job-state',
      'job-impressions-completed',
      'job-media-sheets-completed',
    ]);
    assert.ok(look.ok);
    const { 'job-state': state, ...counts } = look.value;
    if (state === 'completed') return [counts['job-impressions-completed'], counts['job-media-sheets-completed']];
  }
}

const sheetsInTray = () =>
  readdirSync(join(dir, 'tray'))
    .sort()
    .map((file) => /\/Kids \[([^\]]*)\]/.exec(readFileSync(join(dir, 'tray', file), 'latin1'))?.[1]?.trim());

/** A request as another client might write it. */
async function post(
  operation: Operation,
  asked: OperationAttributes,
  more: readonly IppGroup[] = [],
  data: Uint8Array = new Uint8Array(),
) {
  const head = { 'attributes-charset': 'utf-8', 'attributes-natural-language': 'en', 'printer-uri': server.url };
  const body = encodeIpp({
    ...{ version: [2, 0], code: operations[operation], requestId: 1, data },
    groups: [groupTyped('operation', tables.operation, { ...head, ...asked }), ...more],
  });
  const reply = await fetch(server.url.replace('ipp:', 'http:'), {
    ...{ method: 'POST', headers: { 'content-type': 'application/ipp' }, body },
  });
  const message = decodeIpp(new Uint8Array(await reply.arrayBuffer()));
  return { status: statusOf(message.code), job: readTyped(tables.job, groupOf(message, 'job')), message };
}

describe('IPP front of the simulated printer', () => {
  test('prints the pages asked for, both sides of a sheet', async () => {
    assert.deepEqual(await print({ 'page-ranges': [[2, 4]] }), [3, 2]);
    assert.deepEqual(sheetsInTray(), ['4 0 R 5 0 R', '6 0 R']);
  });

  test('prints every page on a sheet of its own when one side is asked for', async () => {
    assert.deepEqual(await print({ sides: 'one-sided', 'page-ranges': [[1, 2]] }), [2, 2]);
    assert.deepEqual(sheetsInTray(), ['3 0 R', '4 0 R']);
  });

  test('prints so many copies, each from its first page', async () => {
    assert.deepEqual(await print({ copies: 2 }, 3), [6, 4]);
    assert.deepEqual(sheetsInTray(), ['3 0 R 4 0 R', '5 0 R', '3 0 R 4 0 R', '5 0 R']);
  });

  const impossible: readonly JobTemplate[] = [
    { 'print-scaling': 'fit' },
    { sides: 'two-sided-short-edge' },
    { media: 'na_letter_8.5x11in' },
    { copies: 0 },
    { 'page-ranges': [[3, 2]] },
    {
      'page-ranges': [
        [1, 1],
        [3, 3],
      ],
    },
    { 'page-ranges': [[5, 6]] },
    { 'print-color-mode': 'monochrome' },
  ];
  test.each(impossible)('refuses %j rather than print something else', async (template) => {
    const reply = await client.printJob(orderOf(template), blankPdf(4));
    assert.deepEqual(reply, { ok: false, status: 'client-error-attributes-or-values-not-supported' });
    assert.equal(printer.state().jobs.size, 0);
  });

  test('without fidelity it says what it passed over', async () => {
    const reply = await client.printJob(orderOf({ 'print-scaling': 'fit' }, false), blankPdf(1));
    assert.ok(reply.ok);
    assert.deepEqual(reply.ignored, ['print-scaling']);
  });

  test('takes PDF and nothing else', async () => {
    const refused = await client.printJob(orderOf(), new TextEncoder().encode('hello'));
    assert.equal(refused.status, 'client-error-document-format-error');
    const text = await client.validateJob({ ...orderOf(), format: 'text/plain' });
    assert.equal(text.status, 'client-error-document-format-not-supported');
    assert.equal((await client.validateJob(orderOf())).status, 'successful-ok');
  });

  test('tells trays, supplies and what is wrong', async () => {
    await print({ 'page-ranges': [[1, 2]] });
    printer.set({ sheetsLeft: 12, toner: 'empty' });
    const reply = await client.printerAttributes([
      ...(['printer-state', 'printer-state-reasons'] as const),
      ...(['printer-input-tray', 'printer-output-tray', 'printer-supply'] as const),
    ]);
    assert.ok(reply.ok);
    const { value } = reply;
    assert.equal(value['printer-state'], 'stopped');
    assert.deepEqual(value['printer-state-reasons'], ['toner-empty-error', 'media-low-warning']);
    assert.equal(parseInputTray(value['printer-input-tray']?.[0] ?? '').level, 12);
    assert.equal(parseOutputTray(value['printer-output-tray']?.[0] ?? '').level, 1);
    assert.equal(parseSupply(value['printer-supply']?.[0] ?? '').percent, 0);
  });

  test('a job made first and sent afterwards is printed as it was made', async () => {
    const template = groupTyped('job', tables.template, { sides: 'two-sided-long-edge', 'page-ranges': [[1, 2]] });
    const { job } = await post('Create-Job', { 'job-name': 'two steps' }, [template]);
    assert.deepEqual(job['job-state-reasons'], ['job-incoming']);
    const sent = { 'job-id': job['job-id'] ?? 0, 'last-document': true } as const;
    assert.equal((await post('Send-Document', sent, [], blankPdf(4))).status, 'successful-ok');
    assert.equal((await post('Send-Document', sent, [], blankPdf(4))).status, 'client-error-not-possible');
    assert.deepEqual(printer.state().jobs.get(1)?.pages, [1, 2]);
  });

  test('lists the jobs of one user, what is under way and what is over', async () => {
    await print();
    await client.printJob(orderOf(), blankPdf(1));
    await post('Create-Job', { 'requesting-user-name': 'somebody else' });
    const ids = async (which: 'completed' | 'not-completed') => {
      const reply = await client.jobs(which, ['job-id']);
      return reply.ok ? reply.value.map((job) => job['job-id']) : [];
    };
    assert.deepEqual([await ids('completed'), await ids('not-completed')], [[1], [2, 3]]);
    const mine = await post('Get-Jobs', { 'my-jobs': true, 'requesting-user-name': 'somebody else' });
    assert.equal(mine.job['job-id'], 3);
    const odd = await post('Get-Jobs', { 'which-jobs': 'lost' });
    assert.equal(odd.status, 'client-error-attributes-or-values-not-supported');
  });

  test('cancels a job once', async () => {
    await client.printJob(orderOf(), blankPdf(1));
    assert.equal((await client.cancelJob(1)).status, 'successful-ok');
    assert.equal((await client.cancelJob(1)).status, 'client-error-not-possible');
    assert.equal((await client.cancelJob(2)).status, 'client-error-not-found');
  });

  test('answers broken requests, and is still there afterwards', async () => {
    const send = (body: Uint8Array, type = 'application/ipp') =>
      fetch(server.url.replace('ipp:', 'http:'), { method: 'POST', headers: { 'content-type': type }, body });
    const broken = await send(Uint8Array.from([1, 1, 0, 11, 0, 0, 0, 1, 1, 0x44]));
    assert.equal(statusOf(decodeIpp(new Uint8Array(await broken.arrayBuffer())).code), 'client-error-bad-request');
    assert.equal((await send(Uint8Array.from([1]))).status, 400);
    assert.equal((await send(new Uint8Array(9), 'text/plain')).status, 415);
    assert.equal((await client.printerAttributes(['printer-state'])).ok, true);
  });

  test('with a pace it prints though nobody looks', async () => {
    await server.close();
    server = await serveIppPrinter(printer, { port: 0, paceMs: 1 });
    await printer.submit({ name: 'alone', document: blankPdf(1), pages: [1, 1], duplex: true });
    while (printer.paperInTray().length === 0) await new Promise((resolve) => setTimeout(resolve, 2));
    assert.match(printer.paperInTray()[0] ?? '', /alone\.pdf$/);
  });

  test('a name from the network stays in the tray, and a second sheet of that name covers none', async () => {
    for (const name of ['../../x', '../../x']) await client.printJob({ ...orderOf(), name }, blankPdf(1));
    for (let i = 0; i < 20; i += 1) printer.step();
    assert.deepEqual(readdirSync(join(dir, 'tray')).sort(), ['.._.._x.pdf', '.._.._x~2.pdf']);
  });
});
