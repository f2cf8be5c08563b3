/** `npm run issuer -- <command> --config <file> --lg-code <code> …` */
import process from 'node:process';
import { ProtocolError } from '@machikado/protocol';
import { ConfigError, createLog, loadConfig, staffName, systemClocks } from '@machikado/server';
import { openStaffPorts } from './compose.ts';
import { IssuerConfig } from './config.ts';
import { describeFont } from './forms/index.ts';
import { SettingRefusal } from './settings/setting-refusal.ts';
import { UsageError } from './staff/commands.ts';
import { parseStaffLine, runStaffCommand, type StaffLine, usage } from './staff/run-staff-command.ts';

const args = process.argv.slice(2);

try {
  if (args.includes('--help')) process.stdout.write(`${usage(args[0])}\n`);
  else if (args[0] === 'font-manifest') process.stdout.write(fontManifestOf(args.slice(1)));
  else await run(args);
} catch (error) {
  const expected = [UsageError, SettingRefusal, ConfigError, ProtocolError];
  if (!(error instanceof Error && expected.some((type) => error instanceof type))) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

/** Needs no server: a `fonts.json` of these files. Whoever installs a font knows its licence. */
function fontManifestOf(files: readonly string[]): string {
  if (files.length === 0) throw new UsageError(usage());
  const fonts = files.map((file) => ({ ...describedFont(file), licence: '' }));
  return `${JSON.stringify({ fonts }, null, 2)}\n`;
}

function describedFont(file: string): ReturnType<typeof describeFont> {
  try {
    return describeFont(file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why = code === undefined ? 'not a single font with TrueType outlines' : `cannot be read (${code})`;
    throw new UsageError(`${file}: ${why}`);
  }
}

async function run(words: readonly string[]): Promise<void> {
  const line = underAccount(parseStaffLine(words));
  const config = loadConfig(IssuerConfig, line.options.get('config'));
  const log = createLog({ service: 'issuer', level: 'silent' });
  const { ports, closePorts } = openStaffPorts(config, { clocks: systemClocks(), log });
  try {
    for (const text of await runStaffCommand(line, ports)) process.stdout.write(`${text}\n`);
  } finally {
    await closePorts();
  }
}

function underAccount({ command, options }: StaffLine): StaffLine {
  const get = (name: string) => (name === 'staff' ? (staffName(options.get(name)) ?? '') : options.get(name));
  return { command, options: { ...options, get } };
}
