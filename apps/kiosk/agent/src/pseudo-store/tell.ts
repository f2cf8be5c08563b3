/** What a person at the terminal reads, in Japanese and English. */
import { catalogues, sentenceFor, stepMarks } from '@machikado/ui';
import type { LoadReport } from './load.ts';
import type { Witness } from './scripted-resident.ts';
import type { UseReport } from './store.ts';

export type Say = (line: string) => void;

export function progress(say: Say): Witness {
  return {
    onStep(step) {
      say(`${stepMarks[step]} ${catalogues.ja.steps[step]}  ${catalogues.en.steps[step]}`);
    },
  };
}

export function tellUse({ code, detail, copies, chargedYen, owedYen, files }: UseReport, say: Say): void {
  if (code !== 'OK') {
    say(`✗ ${code}${detail ? `: ${detail}` : ''}`);
    if (code === 'CANCELLED') say('  取り消しました。お金はお返ししました。  Cancelled; the money went back.');
    else say(`  ${sentenceFor(code, 'ja')}\n  ${sentenceFor(code, 'en')}`);
  }
  const output = copies.filter(({ outcome }) => outcome === 'output').length;
  if (copies.length > 0)
    say(
      `${code === 'OK' ? '✓' : ' '} ${output}/${copies.length} 通  手数料 ${chargedYen} 円${owedYen > 0 ? `  未返金 ${owedYen} 円` : ''}`,
    );
  for (const file of files) say(`  ${file}`);
}

export function tellLoad({ uses, codes, chargedYen, tookMs }: LoadReport, say: Say): void {
  say(
    `${uses} 回 / uses   ${Object.entries(codes)
      .map(([code, n]) => `${code} ${n}`)
      .join('   ')}   ${chargedYen} 円`,
  );
  say(`median ${tookMs.median} ms   p95 ${tookMs.p95} ms   longest ${tookMs.longest} ms`);
}
