/** The machine as IPP tells it (RFC 8011 §5.4), with its trays and supplies (PWG 5100.13). */
import {
  type IppAttribute,
  type PrinterAttributes,
  tables,
  toIppDateTime,
  writeTyped,
  writeUnit,
} from '@machikado/printing';
import { ANY_FORMAT, COPIES_MAX, MEDIA, PDF } from './ipp-job-request.ts';
import type { IppMachine } from './ipp-machine.ts';
import { type PrinterParts, warningsOf } from './printer-parts.ts';
import { isTerminal, type PrinterState, stopReasonsOf } from './printer-state.ts';

const CASSETTE_SHEETS = 500;
const TRAY_SHEETS = 100;
const PAGES_PER_MINUTE = 30;
const COLORANTS = ['black', 'cyan', 'magenta', 'yellow'];
const TONER_PERCENT: Readonly<Record<PrinterParts['toner'], number>> = { ok: 80, low: 8, empty: 0 };

export function describePrinter(machine: IppMachine): IppAttribute[] {
  const { printer, name, url, now, times } = machine;
  const state = printer.state();
  const attributes: PrinterAttributes = {
    ...constant,
    ...unitsOf(state),
    'job-creation-attributes-supported': Object.keys(tables.template),
    'printer-current-time': toIppDateTime(now()),
    'printer-info': name,
    'printer-name': name,
    'printer-state': printerStateOf(state),
    'printer-state-reasons': reasonsOf(state),
    'printer-up-time': times.upSeconds(),
    'printer-uri-supported': [url],
    'queued-job-count': [...state.jobs.values()].filter((job) => !isTerminal(job)).length,
  };
  return writeTyped(tables.printer, attributes);
}

function printerStateOf(state: PrinterState): 'idle' | 'processing' | 'stopped' {
  if (stopReasonsOf(state).length > 0) return 'stopped';
  return [...state.jobs.values()].some((job) => job.state === 'processing') ? 'processing' : 'idle';
}

function reasonsOf(state: PrinterState): readonly string[] {
  const reasons = [
    ...stopReasonsOf(state).map((reason) => `${reason}-error`),
    ...warningsOf(state.parts).map((warning) => `${warning}-warning`),
  ];
  return reasons.length > 0 ? reasons : ['none'];
}

function unitsOf({ parts, tray }: PrinterState): PrinterAttributes {
  const cassette = {
    ...{ type: 'sheetFeedAutoRemovableTray', dimunit: 'micrometers', mediafeed: 297_000, mediaxfeed: 210_000 },
    ...{ maxcapacity: CASSETTE_SHEETS, level: parts.sheetsLeft ?? CASSETTE_SHEETS, status: 0, name: 'main' },
  };
  const output = {
    ...{ type: 'unRemovableBin', maxcapacity: TRAY_SHEETS, remaining: Math.max(0, TRAY_SHEETS - tray.length) },
    ...{ status: 0, stackingorder: 'firstToLast', pagedelivery: 'faceDown', name: 'face-down' },
  };
  const percent = TONER_PERCENT[parts.toner];
  const supplies = COLORANTS.map((colorantname, i) =>
    writeUnit({
      ...{ index: i + 1, class: 'supplyThatIsConsumed', type: 'toner', unit: 'percent', maxcapacity: 100 },
      ...{ level: percent, colorantname },
    }),
  );
  return {
    'printer-input-tray': [writeUnit(cassette)],
    'printer-output-tray': [writeUnit(output)],
    'printer-supply': supplies,
    'printer-supply-description': COLORANTS.map((colorant) => `${colorant} toner`),
    'marker-levels': COLORANTS.map(() => percent),
  };
}

const constant: PrinterAttributes = {
  'charset-configured': 'utf-8',
  'charset-supported': ['utf-8', 'us-ascii'],
  'color-supported': true,
  'compression-supported': ['none'],
  'copies-default': 1,
  'copies-supported': [1, COPIES_MAX],
  'document-format-default': PDF,
  'document-format-supported': [PDF, ANY_FORMAT],
  'finishings-default': ['none'],
  'finishings-supported': ['none'],
  'generated-natural-language-supported': ['en'],
  'ipp-versions-supported': ['1.1', '2.0'],
  'marker-colors': ['#000000', '#00ffff', '#ff00ff', '#ffff00'],
  'marker-names': COLORANTS,
  'marker-types': COLORANTS.map(() => 'toner'),
  'media-default': MEDIA,
  'media-ready': [MEDIA],
  'media-supported': [MEDIA],
  'multiple-document-jobs-supported': false,
  'multiple-operation-time-out': 60,
  'natural-language-configured': 'en',
  'operations-supported': [
    ...(['Print-Job', 'Validate-Job', 'Create-Job', 'Send-Document'] as const),
    ...(['Cancel-Job', 'Get-Job-Attributes', 'Get-Jobs', 'Get-Printer-Attributes'] as const),
  ],
  'orientation-requested-default': 'portrait',
  'orientation-requested-supported': ['portrait'],
  'output-bin-default': 'face-down',
  'output-bin-supported': ['face-down'],
  'page-ranges-supported': true,
  'pages-per-minute': PAGES_PER_MINUTE,
  'pages-per-minute-color': PAGES_PER_MINUTE,
  'pdl-override-supported': 'not-attempted',
  'print-color-mode-default': 'color',
  'print-color-mode-supported': ['auto', 'color'],
  'print-quality-default': 'normal',
  'print-quality-supported': ['normal'],
  'print-scaling-default': 'none',
  'print-scaling-supported': ['none'],
  'printer-is-accepting-jobs': true,
  'printer-location': '',
  'printer-make-and-model': 'Machikado simulated printer',
  'printer-resolution-default': { crossFeed: 600, feed: 600, unit: 'dpi' },
  'printer-resolution-supported': [{ crossFeed: 600, feed: 600, unit: 'dpi' }],
  'sides-default': 'two-sided-long-edge',
  'sides-supported': ['one-sided', 'two-sided-long-edge'],
  'uri-authentication-supported': ['none'],
  'uri-security-supported': ['none'],
  'which-jobs-supported': ['completed', 'not-completed', 'all'],
};
