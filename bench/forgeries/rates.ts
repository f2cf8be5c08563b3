/** What came of the trials, class by class, and which promises it breaks. */
import { forgeryClasses, oneStroke } from './classes/index.ts';
import { grouped } from './grouped.ts';
import type { Row } from './plan.ts';
import type { TrialResult } from './trial.ts';

/** Of the one-stroke class. */
const CANNOT_TELL_MAX = 0.02;

const isRefused = ({ verdict }: TrialResult) => verdict.startsWith('refused');

/** Worth a look, because it broke a promise or came near it. */
export function isSuspect({ trial, verdict, found }: TrialResult): boolean {
  if (trial.row === 'honest') return verdict !== 'same';
  return verdict === 'same' || verdict === 'cannot-tell' || found === false;
}

export function rateTable(results: readonly TrialResult[]): string[] {
  const rows: Row[] = [...forgeryClasses, 'honest'];
  return [
    '| class | trials | same | differs | marked where it was forged | cannot tell | refused |',
    '|---|---|---|---|---|---|---|',
    ...rows.flatMap((row) => {
      const of = results.filter(({ trial }) => trial.row === row);
      if (of.length === 0) return [];
      const count = (verdict: string) => of.filter((one) => one.verdict === verdict).length;
      const marked = of.filter(({ found }) => found !== undefined);
      const share = marked.length > 0 ? `${marked.filter(({ found }) => found).length} of ${marked.length}` : '';
      return [
        `| ${row} | ${of.length} | ${count('same')} | ${count('differs')} | ${share} | ${count('cannot-tell')} | ${refusals(of)} |`,
      ];
    }),
  ];
}

function refusals(results: readonly TrialResult[]): string {
  const codes = grouped(results.filter(isRefused), ({ verdict }) => verdict.slice('refused '.length));
  return [...codes].map(([code, all]) => `${all.length} ${code}`).join(', ') || '0';
}

export function brokenPromises(results: readonly TrialResult[]): string[] {
  const forged = results.filter(({ trial }) => trial.row !== 'honest');
  const strokes = forged.filter(({ trial }) => trial.row === oneStroke);
  const unclear = strokes.filter(({ verdict }) => verdict === 'cannot-tell').length;
  return [
    ...forged.filter(({ verdict }) => verdict === 'same').map((one) => `a forgery is called same: ${told(one)}`),
    ...(unclear > strokes.length * CANNOT_TELL_MAX ? [`of ${strokes.length} strokes ${unclear} cannot be told`] : []),
    ...results
      .filter(({ trial, verdict }) => trial.row === 'honest' && verdict === 'differs')
      .map((one) => `a genuine front is said to differ: ${told(one)}`),
  ];
}

export function told({ trial, what, verdict, share, doubt, found }: TrialResult): string {
  const { name, row, document, copyWarning, level, inColour } = trial;
  const compared = share === undefined ? '' : `, ${(share * 100).toFixed(1)} % compared`;
  const missed = found === false ? ', marked elsewhere' : '';
  return `[${name}] ${row}, ${what}, ${document}, ${copyWarning}, ${level}${inColour ? ' in colour' : ''}: ${verdict}${doubt ? ` (${doubt})` : ''}${compared}${missed}`;
}
