/** The printer’s own words for what is wrong with it (RFC 8011 §5.4.12, PWG 5100.9), in the kiosk’s words. */
import { type PrinterAttributes, parseInputTray, parseOutputTray, type TrayUnit } from '@machikado/printing';
import type { MachineFault, MachineWarning } from '@machikado/protocol';
import type { PrinterStatus } from '../ports.ts';

export const MEDIA = 'iso_a4_210x297mm';
const A4_MICROMETERS = [210_000, 297_000];

export const statusAttributes = [
  'printer-state',
  'printer-state-reasons',
  'printer-is-accepting-jobs',
  'printer-input-tray',
] as const;

const faults: Readonly<Record<string, MachineFault>> = {
  'media-jam': 'media-jam',
  'cover-open': 'cover-open',
  'door-open': 'cover-open',
  'interlock-open': 'cover-open',
  'media-empty': 'media-empty',
  'media-needed': 'media-empty',
  'input-tray-missing': 'media-empty',
  'toner-empty': 'toner-empty',
  'marker-supply-empty': 'toner-empty',
  'developer-empty': 'toner-empty',
  'marker-waste-full': 'toner-empty',
  'output-area-full': 'paper-in-tray',
  offline: 'printer-away',
  paused: 'printer-away',
  shutdown: 'printer-away',
  deactivated: 'printer-away',
  'timed-out': 'printer-away',
};

const warnings: Readonly<Record<string, MachineWarning>> = {
  'media-low': 'media-low',
  'toner-low': 'toner-low',
  'marker-supply-low': 'toner-low',
};

/** One of several cassettes or colours: a warning says that it still prints. */
const lesser: Readonly<Record<string, MachineWarning>> = {
  'media-empty': 'media-low',
  'toner-empty': 'toner-low',
  'marker-supply-empty': 'toner-low',
};

type Gravity = 'error' | 'warning' | 'report';

/** A reason ends in how grave it is; without that it is as grave as can be. */
function splitReason(reason: string): { readonly what: string; readonly grave: Gravity } {
  const [, what = reason, grave = 'error'] = /^(.+?)(?:-(error|warning|report))?$/.exec(reason) ?? [];
  return { what, grave: grave as Gravity };
}

export function faultsOf(reasons: readonly string[]): MachineFault[] {
  const found = reasons.map(splitReason).flatMap(({ what, grave }) => {
    const said = grave === 'error' || (grave === 'warning' && !(what in lesser));
    return said ? (faults[what] ?? []) : [];
  });
  return [...new Set(found)];
}

function warningsOf(reasons: readonly string[]): MachineWarning[] {
  const found = reasons.map(splitReason).flatMap(({ what, grave }) => {
    return warnings[what] ?? (grave === 'warning' ? (lesser[what] ?? []) : []);
  });
  return [...new Set(found)];
}

export function statusOf(attributes: Pick<PrinterAttributes, (typeof statusAttributes)[number]>): PrinterStatus {
  const reasons = attributes['printer-state-reasons'] ?? [];
  const left = sheetsLeft(attributes['printer-input-tray']);
  const found = new Set([...faultsOf(reasons), ...(left === 0 ? (['media-empty'] as const) : [])]);
  // It takes no jobs, or stands and does not say why.
  const stands = attributes['printer-state'] === 'stopped' && found.size === 0;
  if (stands || attributes['printer-is-accepting-jobs'] === false) found.add('printer-away');
  return { faults: [...found], warnings: warningsOf(reasons), ...(left !== undefined && { sheetsLeft: left }) };
}

/** Sheets of A4 in every cassette that counts; undefined where none does. */
function sheetsLeft(trays: readonly string[] | undefined): number | undefined {
  const levels = (trays ?? [])
    .map(parseInputTray)
    .filter(holdsA4)
    .flatMap(({ level }) => level ?? []);
  return levels.length === 0 ? undefined : levels.reduce((sum, level) => sum + level);
}

function holdsA4({ feedMicrometers, crossFeedMicrometers }: TrayUnit): boolean {
  if (!feedMicrometers || !crossFeedMicrometers) return true;
  return [feedMicrometers, crossFeedMicrometers].sort((a, b) => a - b).every((side, i) => side === A4_MICROMETERS[i]);
}

/** Empty only if every tray counts and has nothing in it. */
export function trayEmptyOf(trays: readonly string[] | undefined): boolean | 'unknown' {
  const levels = (trays ?? []).map((tray) => parseOutputTray(tray).level);
  if (levels.some((level) => level !== undefined && level > 0)) return false;
  return levels.length > 0 && levels.every((level) => level === 0) ? true : 'unknown';
}
