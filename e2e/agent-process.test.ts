import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { CardFile } from '@machikado/card';
import { readFileJournal } from '@machikado/kiosk-agent';
import { physicalTruth } from '@machikado/simulators';
import { CARD_PIN } from '@machikado/town';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AgentProcess, openAgentProcess } from './agent-process.ts';
import { type Chain, openChain, WITHOUT_JOBS } from './open-chain.ts';

/** The whole of it, but for the page: process, wires, door, center, issuing server. */
let chain: Chain;
let agent: AgentProcess;
let card: CardFile;
beforeAll(async () => {
  chain = await openChain(WITHOUT_JOBS);
  ({ file: card } = await chain.orderCard('990019', 'single', { withoutSignatureCert: true }));
  await chain.passTheNight();
  agent = await openAgentProcess(chain);
  await agent.start();
}, 90_000);
afterAll(async () => {
  await agent?.close();
  await chain?.close();
});

const cash = () => physicalTruth(agent.devicesDir).cash;
const keptYen = () => cash().insertedYen - cash().returnedYen - cash().dispensedYen;
const press = async (scene: Parameters<AgentProcess['press']>[0], act: Readonly<Record<string, unknown>>) =>
  expect(await agent.press(scene, act)).toBe(204);

/** From ① to ⑪. */
async function comeToPay(): Promise<number> {
  await press(await agent.until('menu', ({ machine, status }) => machine.faults.length === 0 && status !== null), {
    act: 'begin',
  });
  await agent.until('card');
  const lying = agent.layDown(card);
  await press(await agent.until('municipality'), { act: 'municipality', town: { role: 'residence' } });
  for (const [i, digit] of [...CARD_PIN].entries())
    await press(await agent.until('pin', ({ digits }) => digits === i), { act: 'digit', digit });
  await agent.until('card-away');
  await lying.takeAway();
  const menu = await agent.until('choose');
  const [offer] = menu.offers.offers;
  const self = menu.offers.persons.find(({ isSelf }) => isSelf);
  const feeYen = offer?.feeYen ?? 0;
  const choice = { kind: offer?.kind, scope: 'self', personRefs: [self?.personRef], items: [], copies: 1, feeYen };
  await press(menu, { act: 'order', ...choice });
  await agent.until('pay');
  return feeYen;
}

async function insert(yen: number): Promise<void> {
  expect(agent.coinUnit.insert(yen)).toBe('taken');
  await agent.until('pay', ({ depositedYen }) => depositedYen === cash().escrowYen);
}

test('a certificate, from card to receipt', async () => {
  const before = keptYen();
  const feeYen = await comeToPay();
  await insert(1000);
  await press(await agent.until('pay'), { act: 'pay' });
  const { changeYen } = await agent.until('take-paper');
  expect(changeYen).toBe(1000 - feeYen);
  expect(agent.printer.takePaper(agent.outDir)).toHaveLength(1);
  await press(await agent.until('take-paper', ({ paperTaken }) => paperTaken), { act: 'taken' });
  const receipt = await agent.until('receipt');
  expect(receipt).toMatchObject({ printed: true, copies: 1, chargedYen: feeYen, owedYen: 0 });
  await press(receipt, { act: 'done' });
  await agent.until('menu');
  expect(keptYen() - before).toBe(feeYen);
});

test('SIGTERM with money in the machine: the very coins come back, and the address of the screen is gone', async () => {
  const before = keptYen();
  await comeToPay();
  await insert(100);
  await agent.end();
  expect(keptYen()).toBe(before);
  expect(cash().escrowYen).toBe(0);
  expect(existsSync(join(agent.stateDir, 'screen-url'))).toBe(false);
  await agent.start();
});

test('a power cut with money in the machine: after the restart it comes back before anybody may begin', async () => {
  const before = keptYen();
  await comeToPay();
  await insert(100);
  await agent.kill();
  expect(cash().escrowYen).toBe(100);
  await agent.start();
  await agent.until('menu', ({ machine, status }) => machine.faults.length === 0 && status !== null);
  expect([keptYen(), cash().escrowYen]).toEqual([before, 0]);
});

test('a power cut in the middle of printing: the sheet comes out once, is charged once, and is nobody else’s', async () => {
  const before = keptYen();
  const feeYen = await comeToPay();
  await insert(1000);
  agent.printer.set({ sheetsLeft: 0 });
  await press(await agent.until('pay'), { act: 'pay' });
  await agent.until('print', ({ waitsFor }) => waitsFor === 'media-empty');
  await agent.kill();
  agent.printer.set({ sheetsLeft: null });
  await agent.start();
  await agent.until('menu', ({ machine }) => machine.faults.join() === 'paper-in-tray');
  expect(agent.printer.takePaper(agent.outDir)).toHaveLength(1);
  await agent.until('menu', ({ machine }) => machine.faults.length === 0);
  expect(keptYen() - before).toBe(feeYen);
});

test('a second agent on the same journal does not start, and a killed one keeps nobody out', async () => {
  const journal = join(agent.stateDir, 'journal.jsonl');
  const kept = readFileSync(journal, 'utf8');
  const command = [
    '--import',
    'tsx',
    'apps/kiosk/agent/src/main.ts',
    '--config',
    join(agent.stateDir, '../kiosk.json'),
  ];
  await expect(promisify(execFile)(process.execPath, command)).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringContaining('another agent'),
  });
  expect(readFileSync(journal, 'utf8')).toBe(kept);
  await agent.kill();
  await agent.start();
  await agent.until('menu', ({ machine, status }) => machine.faults.length === 0 && status !== null);
});

test('no name, no PIN, no address of the screen in its log or on its disk', async () => {
  const { url } = { url: readFileSync(join(agent.stateDir, 'screen-url'), 'utf8') };
  const token = url.split('#')[1]?.trim() ?? '';
  const log = readFileSync(agent.logFile, 'utf8');
  const kept = readdirSync(agent.stateDir).filter((name) => name !== 'screen-url');
  expect(kept).toEqual(['journal.jsonl']);
  const text = log + kept.map((name) => readFileSync(join(agent.stateDir, name), 'utf8')).join('');
  expect(token).toHaveLength(43);
  expect(text).not.toContain(token);
  expect(text).toMatch(/"use-ended"/);
  expect(text).not.toMatch(/[\u3040-\u30ff\u4e00-\u9fff]/);
  expect(readFileJournal(agent.stateDir).filter(({ event }) => event === 'wiped').length).toBeGreaterThan(0);
});
