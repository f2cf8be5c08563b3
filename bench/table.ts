/** The table of `npm run bench`, and its place in docs/performance.md between two comments. */
import { type Line, ratioOf } from './compare.ts';
import { median } from './quantile.ts';

export interface Failed {
  readonly what: string;
  readonly failed: string;
}

const HEAD = ['', 'ours', 'beside it', 'ratio', 'lowest–highest', 'aim'];
const BEGIN = '<!-- bench: npm run bench -- --write -->';
const END = '<!-- /bench -->';

export function tableOf(lines: readonly (Line | Failed)[]): string {
  return [HEAD, HEAD.map(() => '---'), ...lines.map(rowOf)].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function rowOf(line: Line | Failed): string[] {
  if ('failed' in line) return [line.what, `failed: ${line.failed}`, '', '', '', ''];
  const { what, unit, ours, peer, aim, note } = line;
  const ratio = ratioOf(line);
  return [
    note ? `${what}; ${note}` : what,
    `${figure(median(ours))} ${unit}`,
    'missing' in peer ? `${peer.name}: not measured, ${peer.missing}` : `${peer.name}: ${figure(median(peer.rounds))}`,
    ratio ? figure(ratio.median) : '',
    ratio ? `${figure(ratio.lowest)}–${figure(ratio.highest)}` : '',
    aim === undefined ? '' : `${aim}${ratio ? `: ${ratio.median >= aim ? 'reached' : 'not reached'}` : ''}`,
  ];
}

/** Three digits that count. */
export function figure(value: number): string {
  if (!Number.isFinite(value)) return '–';
  return value >= 1_000 ? Math.round(value).toLocaleString('en') : String(Number(value.toPrecision(3)));
}

/** Throws when the page has no place for it. */
export function writtenInto(page: string, table: string): string {
  const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error(`the page lacks ${BEGIN} … ${END}`);
  return `${page.slice(0, begin + BEGIN.length)}\n\n${table}\n\n${page.slice(end)}`;
}
