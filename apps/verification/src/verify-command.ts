/** What `npm run verify` does: the same engine as the site’s, in this process, for whoever checks many sheets or trusts no site. */
import { createPublicKey } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { kidOf, readVerificationReport } from '@machikado/pki';
import type { SiteAnswer, SiteErrorCode } from '@machikado/protocol';
import { ConfigError, loadConfig } from '@machikado/server';
import { siteTexts } from '@machikado/ui';
import { openBook, portsOf, readEngineKeys } from './compose.ts';
import { VerificationConfig } from './config.ts';
import { examine } from './examination/examine.ts';
import { openEngine } from './examination/paper-engine.ts';
import type { Refused, UploadedFile } from './ports.ts';
import { verifySheet } from './use-cases/verify-sheet.ts';

const HELP = `npm run verify -- BACK [FRONT…] [options]

  BACK               scan or photo of the back (JPEG, PNG, TIFF, WebP, PDF); a PDF or TIFF may hold both sides
  FRONT…             the front, and photos of the same back again: which is which is found out
  --config FILE      settings of a site: its keys and names (default: those of the town that npm start brings up)
  --report FILE      writes the signed report
  --picture FILE     writes the restored front (PNG)
  --json             the whole answer as JSON
  --check-report FILE --key PEM    checks a report instead: is it signed by this key, and what does it say
  --help             this text

exit codes: 0 same or nothing to compare · 1 differs · 2 cannot tell · 3 not readable · 4 not genuine · 5 cancelled · 64 wrong use · 70 fault
`;

const exits = {
  same: 0,
  'not-compared': 0,
  differs: 1,
  'cannot-tell': 2,
  unreadable: 3,
  forged: 4,
  cancelled: 5,
  wrongUse: 64,
  fault: 70,
} as const;
const forged: readonly SiteErrorCode[] = ['SIGNATURE_INVALID', 'DIGEST_MISMATCH', 'UNKNOWN_KEY'];
const TOWN_CONFIG = fileURLToPath(new URL('../../../.machikado/config/verification.json', import.meta.url));
const texts = siteTexts.en;

class WrongUse extends Error {}

export interface Output {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
}

/** Returns the exit code, which is the verdict. */
export async function verifyCommand(args: readonly string[], output: Output): Promise<number> {
  try {
    return await run(args, output.out);
  } catch (error) {
    const wrongUse = isWrongUse(error);
    output.err(wrongUse ? `${error.message}\n\n${HELP}` : `fault: ${(error as Error).name}\n`);
    return wrongUse ? exits.wrongUse : exits.fault;
  }
}

async function run(args: readonly string[], out: Output['out']): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      config: { type: 'string', default: TOWN_CONFIG },
      report: { type: 'string' },
      picture: { type: 'string' },
      json: { type: 'boolean', default: false },
      'check-report': { type: 'string' },
      key: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    out(HELP);
    return 0;
  }
  if (values['check-report']) return checkReport(values['check-report'], values.key, out);
  if (positionals.length === 0) throw new WrongUse('no file of a back');
  const files = positionals.map((file): UploadedFile => ({ role: 'either', bytes: bytesOf(file) }));
  const answer = await verify(files, loadConfig(VerificationConfig, values.config));
  if (values.json) out(`${JSON.stringify(answer, null, 2)}\n`);
  else out('refused' in answer ? refusalText(answer) : answerText(answer));
  if ('refused' in answer) return exits[forged.includes(answer.refused) ? 'forged' : 'unreadable'];
  if (values.report) writeFileSync(values.report, answer.report);
  if (values.picture) writeFileSync(values.picture, Buffer.from(answer.picture.base64, 'base64'));
  if (answer.cancellation.state === 'cancelled') return exits.cancelled;
  return exits[answer.comparison?.verdict ?? 'not-compared'];
}

async function verify(files: readonly UploadedFile[], config: VerificationConfig): Promise<SiteAnswer | Refused> {
  const engine = openEngine(readEngineKeys(config));
  const clock = { now: () => new Date() };
  const cancellations = await openBook(config, clock);
  const examiner = { examine: (upload: { files: readonly UploadedFile[] }) => examine(upload, engine) };
  const { ports } = portsOf(config, { examiner, cancellations, clock });
  return verifySheet({ files }, ports, new AbortController().signal);
}

async function checkReport(file: string, keyFile: string | undefined, out: Output['out']): Promise<number> {
  if (!keyFile) throw new WrongUse('--check-report needs --key, the public key of the site');
  const key = createPublicKey(bytesOf(keyFile).toString('utf8'));
  try {
    const report = await readVerificationReport(bytesOf(file).toString('utf8').trim(), new Map([[kidOf(key), key]]));
    out(`${JSON.stringify(report, null, 2)}\n`);
    return 0;
  } catch {
    out('This report is not one that was signed with this key.\n');
    return exits.forged;
  }
}

function answerText({ facts, cancellation, comparison }: SiteAnswer): string {
  const words = texts.facts;
  const verdict = cancellation.state === 'cancelled' ? 'cancelled' : (comparison?.verdict ?? 'not-compared');
  const list = cancellation.listIssuedAt ? ` (${words.listOf(cancellation.listIssuedAt)})` : '';
  const rows = [
    [words.municipality, [facts.municipality, facts.lgCode].filter(Boolean).join(' ')],
    [words.issueNumber, facts.issueNumber],
    [words.issuedAt, facts.issuedAt],
    [words.sheet, words.sheetOf(facts.sheet, facts.of)],
    [words.orderReference, facts.orderReference],
    [words.signature, words.signatureValid],
    [words.cancellation, `${words.cancellations[cancellation.state]}${list}`],
  ];
  const places = (comparison?.differences ?? []).map(({ xMm, yMm, kind }, i) =>
    texts.differences.item(i + 1, texts.differences.kinds[kind], Math.round(yMm), Math.round(xMm)),
  );
  return [
    `${texts.findings[verdict].title}. ${texts.findings[verdict].text}`,
    ...(comparison ? [texts.pictures.compared(comparison.comparedPercent), ...places] : []),
    ...(comparison?.doubt ? [texts.doubts[comparison.doubt]] : []),
    ...rows.map(([name, value]) => `${name}: ${value}`),
    `${texts.proofs.not} ${texts.proofs.scramble.not}`,
    '',
  ].join('\n');
}

function refusalText({ refused, cornersFound }: Refused): string {
  const { title, text } = texts.errors[refused];
  const corners = cornersFound === undefined ? '' : ` ${texts.failed.corners(cornersFound)}`;
  return `${refused}: ${title} ${text}${corners}\n`;
}

function bytesOf(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch {
    throw new WrongUse(`${file} cannot be read`);
  }
}

const isWrongUse = (error: unknown): error is Error =>
  error instanceof WrongUse ||
  error instanceof ConfigError ||
  String((error as { code?: unknown }).code).startsWith('ERR_PARSE_ARGS');
