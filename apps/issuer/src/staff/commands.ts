/** 職員の操作: what staff can do at an issuing server. Each command says who does it; each leaves a trace in the 交付記録. */
import { readFileSync } from 'node:fs';
import { checkUserAuthCert } from '@machikado/pki';
import { certificateKinds, ResidentId, roles } from '@machikado/protocol';
import { Check } from 'typebox/value';
import type { Municipality, Ports } from '../ports.ts';
import type { CertId } from '../registration/events.ts';
import { type DatedSetting, municipalSettings } from '../settings/municipal-setting.ts';
import { endOf, isInForce } from '../settings/settings-in-force.ts';
import { liftRestriction, listRestrictions, restrictPerson } from '../use-cases/change-restrictions.ts';
import { liftMunicipalSetting, listMunicipalSettings, setMunicipalSetting } from '../use-cases/change-settings.ts';
import { importRegistry } from '../use-cases/import-registry.ts';
import { keepBooks } from '../use-cases/keep-books.ts';
import { lookUpRecord, staffReasons, verifyRecord } from '../use-cases/look-up-record.ts';
import { type CounterRegistration, recordRegistration } from '../use-cases/record-registration.ts';
import { releaseSuspension } from '../use-cases/release-suspension.ts';

export type StaffPorts = Pick<
  Ports,
  'store' | 'registry' | 'businessClock' | 'machineClock' | 'random' | 'login' | 'municipalities' | 'log'
>;
/** Options of the command line, by name; `get` complains about a missing one. */
export interface Options {
  get(name: string): string;
  find(name: string): string | undefined;
}
export interface StaffCommand {
  readonly options: string;
  readonly does: string;
  /** Lines for the person at the screen. */
  run(town: Municipality, options: Options, ports: StaffPorts): Promise<string[]>;
}

export class UsageError extends Error {
  override readonly name = 'UsageError';
}

const CERT = '--cert-file <der> | --anchor <hex> --serial <hex>';
const media = ['card', 'android', 'iphone'] as const;

export const staffCommands: Readonly<Record<string, StaffCommand>> = {
  register: {
    options: `--staff <name> --resident <id> ${CERT} [--medium card|android|iphone] [--role residence|registered-domicile]`,
    does: '利用者登録; usable from the next nightly feed on',
    run: counterCommand('registered'),
  },
  continue: {
    options: `--staff <name> --resident <id> ${CERT} [--medium …]`,
    does: '継続利用 after moving in',
    run: counterCommand('continued'),
  },
  renew: {
    options: `--staff <name> --resident <id> ${CERT} --previous-anchor <hex> --previous-serial <hex>`,
    does: 'a new cert in place of an old one',
    run: counterCommand('renewed'),
  },
  withdraw: {
    options: `--staff <name> --resident <id> ${CERT}`,
    does: 'ends the use of one cert, at once and for good',
    run: counterCommand('withdrawn'),
  },
  feed: {
    options: '[--accept-endings]',
    does: 'follows the registry’s feed and compares the books now, as every night; if told so, also when very many ended at once',
    run: async (town, options, ports) => [
      await keepBooks(town, ports, { acceptEndings: options.find('accept-endings') !== undefined }),
    ],
  },
  'import-registry': {
    options: '--dir <folder> [--dry-run] [--accept-endings]',
    does: 'takes over the files of a registry without an API, all of them or nothing; a dry run only says what is wrong with them',
    async run(town, options, ports) {
      const [dryRun, acceptEndings] = ['dry-run', 'accept-endings'].map((name) => options.find(name) !== undefined);
      const flags = { dryRun: dryRun === true, acceptEndings: acceptEndings === true };
      const report = await importRegistry({ dir: options.get('dir'), ...flags }, town, ports);
      const lines = report.rejections.map(({ file, line, code, column }) =>
        `${file}:${line}: ${code} ${column ?? ''}`.trim(),
      );
      if (lines.length > 0) throw new UsageError([...lines, 'nothing was taken over'].join('\n'));
      const { rows, changed, ended } = report;
      return [`${rows} rows, ${changed} changed, ${ended} ended: ${dryRun ? 'sound' : 'taken over'}`];
    },
  },
  'release-suspension': {
    options: '--staff <name> --kind <kind> --reason <text>',
    does: 'lets a kind be issued again after a mismatch was looked into',
    async run(town, options, ports) {
      const kind = oneOf(certificateKinds, options.get('kind'), 'kind');
      const release = { kind, staff: options.get('staff'), reason: options.get('reason') };
      return [(await releaseSuspension(release, town, ports)) ? 'released' : 'was not suspended'];
    },
  },
  restrict: {
    options: '--staff <name> --resident <id> --reason <text>',
    does: '利用者制限: nothing that names this person, their household or their 戸籍 is issued, at once and until it is lifted',
    async run(town, options, ports) {
      const residentId = options.get('resident');
      if (!Check(ResidentId, residentId)) throw new UsageError('--resident: no 宛名番号 looks like this');
      const who = { staff: options.get('staff'), reason: options.get('reason') };
      const { number, inBook } = await restrictPerson({ residentId, ...who }, town, ports);
      return [
        `restricted under number ${number}`,
        ...(inBook ? [] : ['the book of residents does not know this id: look at it once more']),
      ];
    },
  },
  'lift-restriction': {
    options: '--staff <name> --number <number> --reason <text>',
    does: 'ends a restriction; list-restrictions shows the numbers',
    async run(town, options, ports) {
      const text = options.get('number');
      const lift = { number: Number(text), staff: options.get('staff'), reason: options.get('reason') };
      if (!/^\d{1,15}$/.test(text) || !(await liftRestriction(lift, town, ports)))
        throw new UsageError('--number: no restriction in force has it');
      return ['lifted'];
    },
  },
  'list-restrictions': {
    options: '--staff <name> --reason <text>',
    does: 'who is restricted, since when, by whom and why; the look itself is recorded',
    async run(town, options, ports) {
      const who = { staff: options.get('staff'), reason: options.get('reason') };
      const lines = (await listRestrictions(who, town, ports)).map(
        ({ n, residentId, since, staff, reason }) =>
          `${n} resident ${residentId} since ${since.toISOString()}, ${staff}: ${reason}`,
      );
      return orSay('nobody is restricted', lines);
    },
  },
  set: {
    options:
      '--staff <name> --setting <name> [--kind <kind>,…] [--value <value>] [--from <day>[T<HH:MM>]] [--until …] --reason <text>',
    does: `a setting of the municipality, on top of its file; ${settingsHelp()}`,
    async run(town, options, ports) {
      const [kind, value, from, until] = ['kind', 'value', 'from', 'until'].map((name) => options.find(name));
      const who = { staff: options.get('staff'), reason: options.get('reason') };
      const words = { setting: options.get('setting'), kind, value, from, until };
      return [`set under number ${await setMunicipalSetting({ ...words, ...who }, town, ports)}`];
    },
  },
  lift: {
    options: '--staff <name> --number <number> [--from <day>[T<HH:MM>]] --reason <text>',
    does: 'ends a setting, now or from then on; list-settings shows the numbers',
    async run(town, options, ports) {
      const number = Number(options.get('number'));
      const who = { staff: options.get('staff'), reason: options.get('reason') };
      await liftMunicipalSetting({ number, from: options.find('from'), ...who }, town, ports);
      return ['lifted'];
    },
  },
  'list-settings': {
    options: '',
    does: 'what staff have set, since when, by whom and why',
    async run(town, _, ports) {
      const settings = await listMunicipalSettings(town, ports);
      return orSay(
        'nothing is set',
        settings.map((one) => describe(one, ports)),
      );
    },
  },
  'show-record': {
    options: '--staff <name> --order <order id> --reason <text>',
    does: '交付記録 of one order; the look itself is recorded',
    async run(town, options, ports) {
      const lookUp = { orderId: options.get('order'), staff: options.get('staff'), reason: options.get('reason') };
      const entries = await lookUpRecord(lookUp, town, ports);
      const lines = entries.flatMap((entry) => [
        `${entry.n} ${entry.at.toISOString()} ${entry.event} ${entry.body}`,
        ...staffReasons(entry).map((reason) => `  ${reason}`),
      ]);
      return orSay('the record has nothing under this order', lines);
    },
  },
  'verify-chain': {
    options: '',
    does: 'is the 交付記録 whole? Note the head and compare it next time',
    async run(town, _, ports) {
      const verdict = await verifyRecord(town, ports);
      if (verdict.kind === 'broken') throw new UsageError(`the record is broken at entry ${verdict.at}`);
      return [`whole: ${verdict.entries} entries, head ${verdict.head}`];
    },
  },
  'check-settings': {
    options: '',
    does: 'reads configuration and settings and does nothing else',
    run: async (town) => [`${town.lgCode} ${town.settings.name}: sound`],
  },
};

/** Silence could also mean that nothing was looked up. */
function orSay(nothing: string, lines: string[]): string[] {
  return lines.length > 0 ? lines : [nothing];
}

function settingsHelp(): string {
  return Object.entries(municipalSettings)
    .map(([name, { value }]) => `${name} (${value})`)
    .join('; ');
}

function describe(setting: DatedSetting, { businessClock }: StaffPorts): string {
  const { n, name, kinds, value, from, staff, reason } = setting;
  const now = businessClock.now();
  const end = endOf(setting);
  const standing = isInForce(setting, now)
    ? 'in force'
    : setting.from > now && (end === null || end > setting.from)
      ? 'to come'
      : 'over';
  const span = `from ${from.toISOString()}${end === null ? '' : ` until ${end.toISOString()}`}`;
  const what = `${name} ${kinds?.join(',') ?? 'all kinds'} ${JSON.stringify(value)}`;
  return `${n} ${standing}: ${what} ${span}, ${staff}: ${reason}`;
}

function counterCommand(type: CounterRegistration['type']): StaffCommand['run'] {
  return async (town, options, ports) => {
    const medium = options.find('medium');
    const previous = type === 'renewed' ? { previousCert: previousOf(options) } : {};
    const told: CounterRegistration = {
      ...{ type, residentId: options.get('resident'), cert: certOf(options, ports), ...previous },
      medium: medium === undefined ? null : oneOf(media, medium, 'medium'),
      role: oneOf(roles, options.find('role') ?? 'residence', 'role'),
      staff: options.get('staff'),
    };
    await recordRegistration(told, town, ports);
    return [`${type}: recorded`];
  };
}

/** From the cert itself where it is at hand: typing a serial is how wrong ones come about. */
function certOf(options: Options, { login, machineClock }: StaffPorts): CertId {
  const file = options.find('cert-file');
  if (file === undefined) return { anchor: hex(options, 'anchor'), serial: hex(options, 'serial') };
  const verdict = checkUserAuthCert(readCertFile(file), { ...login(), now: machineClock.now() });
  if (verdict.kind !== 'valid') {
    const why = verdict.kind === 'refused' ? verdict.why : verdict.kind;
    throw new UsageError(`--cert-file ${file}: not a cert that can be registered (${why})`);
  }
  return { anchor: verdict.key.anchorFingerprint, serial: verdict.key.serial };
}

function readCertFile(file: string): Uint8Array {
  try {
    return new Uint8Array(readFileSync(file));
  } catch (error) {
    throw new UsageError(`--cert-file ${file}: cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
}

function previousOf(options: Options): CertId {
  return { anchor: hex(options, 'previous-anchor'), serial: hex(options, 'previous-serial') };
}

function hex(options: Options, name: string): string {
  const text = options.get(name);
  if (!/^(?:[0-9a-f]{2})+$/.test(text)) throw new UsageError(`--${name}: lower-case hex`);
  return text;
}

function oneOf<const T extends string>(values: readonly T[], text: string, name: string): T {
  const found = values.find((value) => value === text);
  if (found === undefined) throw new UsageError(`--${name}: one of ${values.join(', ')}`);
  return found;
}
