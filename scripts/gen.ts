/**
 * `npm run gen` writes the documents that come from tables; `--check` fails when they differ from what stands in docs/.
 * One source for validator, type and document, so that they cannot drift apart.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { refusalRulesPage } from '@machikado/issuer';
import {
  centerEndpoints,
  commonRefusals,
  copyMoves,
  type Endpoint,
  errorCodes,
  issueNumberMoves,
  issuerEndpoints,
  orderMoves,
  registryEndpoints,
  sessionMoves,
  siteEndpoints,
  verificationEndpoints,
} from '@machikado/protocol';
import { toOpenApi, toSiteOpenApi } from '@machikado/server';
import { sentenceFor } from '@machikado/ui';

const notice = (from: string) =>
  `<!-- Written by \`npm run gen\` from ${from}. Change the tables, not this file. -->\n\n`;
const NOTICE = notice('packages/protocol/src');
const servers = [
  { file: 'center', title: '証明書交付センター (center)', endpoints: centerEndpoints },
  { file: 'issuer', title: '証明発行サーバ (issuer)', endpoints: issuerEndpoints },
  { file: 'registry', title: '既存住基システム (registry)', endpoints: registryEndpoints },
  { file: 'verification', title: '問い合わせサイト (verification)', endpoints: verificationEndpoints },
] as const;

const documents: Record<string, string> = {
  'docs/protocol/errors.md': NOTICE + errorsPage(),
  'docs/protocol/endpoints.md': NOTICE + endpointsPage(),
  'docs/protocol/life-cycles.md': NOTICE + lifeCyclesPage(),
  'docs/refusal-rules.md': notice('apps/issuer/src/rules') + refusalRulesPage((code) => sentenceFor(code, 'ja')),
  ...Object.fromEntries([
    ...servers.map(({ file, title, endpoints }) => openApiFile(file, toOpenApi(title, endpoints))),
    openApiFile('verification-public', toSiteOpenApi('問い合わせサイト (verification, public)', siteEndpoints)),
  ]),
};

function openApiFile(name: string, document: unknown): [file: string, text: string] {
  return [`docs/protocol/openapi/${name}.json`, `${JSON.stringify(document, null, 2)}\n`];
}

function errorsPage(): string {
  const sections = Object.entries(errorCodes).map(
    ([code, spec]) =>
      `### ${code}\n\n${spec.meaning}\n\nOrigin: ${spec.origin} · retry: ${spec.retry} · HTTP ${spec.http}\n`,
  );
  return `# Error codes\n\nA refusal crosses the wire as \`{"error":{"code","retry","requestId"}}\` and nothing else. Every endpoint may also answer with: ${commonRefusals.join(', ')}.\n\n${sections.join('\n')}`;
}

function endpointsPage(): string {
  const rows = (endpoints: readonly Endpoint[]) =>
    endpoints
      .map(
        (e) =>
          `| ${e.id} | \`${e.method} ${e.path}\` | ${e.peer} | ${e.before} | ${e.after} | ${e.onRepeat} | ${e.onLostReply} | ${e.ledger} | ${e.deadlineMs / 1000} s | ${e.bodyBytesMax / 1024} KiB |`,
      )
      .join('\n');
  const head =
    '| id | request | who asks | state before | state after | the same again | reply lost | ledger | deadline | body |\n|---|---|---|---|---|---|---|---|---|---|\n';
  const refusals = (endpoints: readonly Endpoint[]) =>
    endpoints
      .map((e) => `- **${e.id}**: ${e.refusals.length > 0 ? e.refusals.join(', ') : 'none of its own'}`)
      .join('\n');
  return `# Endpoints\n\n${servers.map(({ title, endpoints }) => `## ${title}\n\n${head}${rows(Object.values(endpoints))}\n\nRefusals:\n\n${refusals(Object.values(endpoints))}\n`).join('\n')}`;
}

function lifeCyclesPage(): string {
  const page = (title: string, moves: Record<string, readonly string[]>) =>
    `## ${title}\n\n| from | to |\n|---|---|\n${Object.entries(moves)
      .map(([from, to]) => `| ${from} | ${to.length > 0 ? to.join(', ') : '(end)'} |`)
      .join('\n')}\n`;
  return `# Life cycles\n\nA row moves by compare-and-set on the state that was seen; no other move exists.\n\n${[
    page('Session', sessionMoves),
    page('Order', orderMoves),
    page('Copy, at the center', copyMoves),
    page('Issue number (発行番号), at the issuing server', issueNumberMoves),
  ].join('\n')}`;
}

const root = fileURLToPath(new URL('..', import.meta.url));
const check = process.argv.includes('--check');
const stale: string[] = [];
for (const [path, text] of Object.entries(documents)) {
  const file = root + path;
  if (check) {
    if (readOr(file) !== text) stale.push(path);
  } else {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}
if (stale.length > 0) {
  console.error(`Out of date, run \`npm run gen\`: ${stale.join(', ')}`);
  process.exit(1);
}
console.log(
  check
    ? `${Object.keys(documents).length} generated documents are up to date`
    : `wrote ${Object.keys(documents).join(', ')}`,
);

function readOr(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
