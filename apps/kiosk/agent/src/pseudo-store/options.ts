/** The command line of the pseudo-store, with what a running town fills in. */
import { existsSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { certificateKinds, type RecordItem, recordItems, type Scope, scopes } from '@machikado/protocol';
import type { TlsFiles } from '@machikado/server';
import type { Choice, Town } from '../resident.ts';
import { readTownFile, type TownFile } from '../town-file.ts';
import { type FaultPlan, planOf } from './faults.ts';
import { type Payment, payments } from './scripted-resident.ts';

export interface StoreOptions {
  readonly centerUrl: string;
  readonly centerPins: readonly string[];
  readonly kiosks: readonly { readonly kioskId: string; readonly tls: TlsFiles }[];
  readonly sealPublicKeys: readonly string[];
  readonly cardFile: string;
  readonly pin: string;
  readonly town: Town;
  readonly kind: Choice['kind'];
  readonly scope: Scope | undefined;
  readonly persons: readonly number[];
  readonly items: readonly RecordItem[];
  readonly fiscalYear: number | undefined;
  readonly copies: number;
  readonly payment: Payment;
  readonly faults: FaultPlan;
  /** Only tells what is offered, and quits at ⑥. */
  readonly listOffers: boolean;
  readonly outDir: string;
  readonly stateDir: string;
  readonly json: boolean;
  readonly loop: number;
  readonly parallel: number;
}

/** The command line cannot be understood; the message says why. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export const flags = {
  help: { type: 'boolean', short: 'h' },
  town: { type: 'string' },
  center: { type: 'string' },
  kiosk: { type: 'string' },
  card: { type: 'string' },
  pin: { type: 'string' },
  municipality: { type: 'string' },
  kind: { type: 'string' },
  scope: { type: 'string' },
  persons: { type: 'string' },
  items: { type: 'string' },
  year: { type: 'string' },
  'list-offers': { type: 'boolean' },
  copies: { type: 'string' },
  pay: { type: 'string' },
  fault: { type: 'string', multiple: true },
  out: { type: 'string' },
  state: { type: 'string' },
  json: { type: 'boolean' },
  loop: { type: 'string' },
  parallel: { type: 'string' },
} as const;

export const defaultTownFile = '.machikado/town.json';

export function parseOptions(argv: readonly string[]): StoreOptions | 'help' {
  const given = parse(argv);
  if (given.help) return 'help';
  const town = findTown(given.town);
  const card = cardOf(given.card, given.pin, town);
  const { kiosks, sealPublicKeys, centerPins } = kiosksOf(given, town);
  return {
    centerUrl: given.center ?? town?.centerUrl ?? missing('--center'),
    centerPins,
    kiosks,
    sealPublicKeys,
    ...card,
    town: townOf(given.municipality),
    kind: oneOf('--kind', certificateKinds, given.kind ?? 'resident-record'),
    scope: given.scope === undefined ? undefined : oneOf('--scope', scopes, given.scope),
    persons: listOf(given.persons).map((n) => number('--persons', n)),
    items: listOf(given.items).map((item) => oneOf('--items', recordItems, item)),
    fiscalYear: given.year === undefined ? undefined : yearOf(given.year),
    copies: number('--copies', given.copies ?? '1'),
    payment: oneOf('--pay', payments, given.pay ?? 'exact'),
    faults: understood(() => planOf((given.fault ?? []).flatMap(listOf))),
    listOffers: given['list-offers'] ?? false,
    outDir: resolve(given.out ?? 'out'),
    stateDir: resolve(given.state ?? '.machikado/stores'),
    json: given.json ?? false,
    loop: number('--loop', given.loop ?? '1'),
    parallel: number('--parallel', given.parallel ?? '1'),
  };
}

function parse(argv: readonly string[]) {
  return understood(() => parseArgs({ args: [...argv], options: flags }).values);
}

function findTown(file: string | undefined): TownFile | undefined {
  const path = file ?? defaultTownFile;
  if (existsSync(path)) return readTownFile(resolve(path));
  return file ? fail(`no town file at ${file}`) : undefined;
}

/** A persona’s name, or a card file. */
function cardOf(card: string | undefined, pin: string | undefined, town: TownFile | undefined) {
  const name = card ?? Object.keys(town?.personas ?? {})[0] ?? missing('--card');
  const persona = town?.personas[name];
  if (persona) return { cardFile: persona.file, pin: pin ?? persona.pin };
  if (!existsSync(name)) fail(`--card: neither a persona of the town nor a card file: ${name}`);
  return { cardFile: resolve(name), pin: pin ?? missing('--pin') };
}

/** The id of one of the town’s kiosks, or a folder of TLS files, named by the kiosk’s id, that also says how to know the center. */
function kiosksOf({ kiosk, center }: { kiosk?: string; center?: string }, town: TownFile | undefined) {
  const sealPublicKeys = town?.sealPublicKeys.map(({ pem }) => pem) ?? [];
  const centerPins = town?.centerPins ?? [];
  const known = town?.kiosks.filter(({ kioskId }) => kiosk === undefined || kioskId === kiosk) ?? [];
  if (known.length > 0) return { kiosks: known, sealPublicKeys, centerPins };
  if (kiosk === undefined) return missing('--kiosk');
  const at = (file: string) =>
    existsSync(join(kiosk, file)) ? join(kiosk, file) : fail(`--kiosk: no ${file} in ${kiosk}`);
  const tls = { keyFile: at('key.pem'), certFile: at('cert.pem'), caFile: at('ca.pem') };
  const seals = existsSync(join(kiosk, 'seal.pem')) ? [readFileSync(join(kiosk, 'seal.pem'), 'utf8')] : sealPublicKeys;
  // The town’s own pins say nothing about another center.
  const hasPins = existsSync(join(kiosk, 'center.pin')) || center !== undefined || centerPins.length === 0;
  const pins = hasPins ? readPins(at('center.pin')) : centerPins;
  return { kiosks: [{ kioskId: basename(resolve(kiosk)), tls }], sealPublicKeys: seals, centerPins: pins };
}

function readPins(file: string): readonly string[] {
  const pins = readFileSync(file, 'utf8').split(/\s+/).filter(Boolean);
  const areAll = pins.length > 0 && pins.every((pin) => /^[0-9a-f]{64}$/.test(pin));
  return areAll ? pins : fail(`--kiosk: ${file} does not hold SHA-256 pins in hex, one a line`);
}

function townOf(text = 'residence'): Town {
  if (text === 'residence' || text === 'registered-domicile') return { role: text };
  return /^\d{6}$/.test(text) ? { lgCode: text } : fail('--municipality: residence, registered-domicile or a code');
}

const listOf = (text: string | undefined) => (text ?? '').split(',').filter(Boolean);

function number(flag: string, text: string): number {
  return /^[1-9]\d{0,4}$/.test(text) ? Number(text) : fail(`${flag}: a number from 1`);
}

function yearOf(text: string): number {
  return /^20\d\d$/.test(text) ? Number(text) : fail('--year: the year in which the 年度 begins, such as 2026');
}

function oneOf<T extends string>(flag: string, values: readonly T[], text: string): T {
  return values.find((value) => value === text) ?? fail(`${flag}: one of ${values.join(', ')}`);
}

function understood<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error));
  }
}

function missing(flag: string): never {
  return fail(`${flag} is needed: no town is running here (npm start)`);
}

function fail(message: string): never {
  throw new UsageError(message);
}
