/** From the words on the command line to one command for one municipality. */
import { parseArgs } from 'node:util';
import { type Options, type StaffPorts, staffCommands, UsageError } from './commands.ts';

const NAMES = [
  ...['config', 'lg-code', 'staff', 'reason', 'resident', 'medium', 'role', 'kind', 'order'],
  ...['setting', 'value', 'from', 'until', 'number'],
  ...['dir', 'cert-file', 'anchor', 'serial', 'previous-anchor', 'previous-serial'],
];
/** Without a value. */
const FLAGS = ['dry-run', 'accept-endings'];

export interface StaffLine {
  readonly command: string;
  readonly options: Options;
}

export function parseStaffLine(args: readonly string[]): StaffLine {
  const { values, positionals } = readArgs(args);
  const [command = '', ...more] = positionals;
  if (!Object.hasOwn(staffCommands, command) || more.length > 0) throw new UsageError(usage());
  const find = (name: string) => values[name];
  const get = (name: string) => {
    const value = find(name)?.trim();
    if (!value) throw new UsageError(`--${name} is missing\n${usage()}`);
    return value;
  };
  return { command, options: { find, get } };
}

export function runStaffCommand({ command, options }: StaffLine, ports: StaffPorts): Promise<string[]> {
  const town = ports.municipalities.find(options.get('lg-code'));
  if (!town) throw new UsageError('--lg-code: not on this server');
  const found = staffCommands[command];
  if (!found) throw new UsageError(usage());
  return found.run(town, options, ports);
}

/** Of one command, or of all of them. */
export function usage(command = ''): string {
  const known = Object.entries(staffCommands);
  const shown = Object.hasOwn(staffCommands, command) ? known.filter(([name]) => name === command) : known;
  const lines = shown.map(([name, { options, does }]) => `  ${name} ${options}\n      ${does}`);
  const manifest = ['npm run issuer -- font-manifest <font file>…', '      prints a fonts.json for them'];
  return ['npm run issuer -- <command> --config <file> --lg-code <code> …', ...lines, ...manifest].join('\n');
}

function readArgs(args: readonly string[]) {
  const options = Object.fromEntries([
    ...NAMES.map((name) => [name, { type: 'string' as const }]),
    ...FLAGS.map((name) => [name, { type: 'boolean' as const }]),
  ]);
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
    const texts = Object.entries(values).map(([name, value]) => [name, value === true ? 'yes' : value]);
    return { values: Object.fromEntries(texts) as Record<string, string | undefined>, positionals };
  } catch {
    throw new UsageError(usage());
  }
}
