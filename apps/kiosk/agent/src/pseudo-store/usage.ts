/** Help text, written from the tables that the options are checked against. */
import { certificateKinds, recordItems, scopes } from '@machikado/protocol';
import { stepOrder } from '@machikado/ui';
import type { TownFile } from '../town-file.ts';
import { exitCodes } from './exit-codes.ts';
import { faults } from './faults.ts';
import { payments } from './scripted-resident.ts';

const INDENT = ' '.repeat(26);
const WORDS_IN_LINE = 4;
const NAME_WIDTH = 24;

function folded(words: readonly string[]): string {
  const lines = Array.from({ length: Math.ceil(words.length / WORDS_IN_LINE) }, (_, i) =>
    words.slice(i * WORDS_IN_LINE, (i + 1) * WORDS_IN_LINE).join(', '),
  );
  return lines.join(`,\n${INDENT}`);
}

export function usage(town: TownFile | undefined): string {
  const personas = Object.entries(town?.personas ?? {});
  const width = Math.max(NAME_WIDTH, ...personas.map(([name]) => name.length + 2));
  const people = personas.map(([name, { note }]) => `  ${name.padEnd(width)}${note.ja} / ${note.en}`);
  return `擬似店舗 — a store’s kiosk without a screen.

  npm run pseudo-store -- [options]

With a town running (npm start), no option is needed: the first persona’s 住民票の写し is bought and printed.

誰が / who
  --card NAME|FILE        a persona of the town, or a card file
  --pin DIGITS            default: the persona’s own
何を / what
  --municipality WHICH    residence (default), registered-domicile, or a code of six digits
  --list-offers           say what this person is offered there, and buy nothing
  --kind KIND             ${folded(certificateKinds)}
                          (default ${certificateKinds[0]})
  --scope SCOPE           ${scopes.join(', ')} (default self, where the kind knows it)
  --persons 1,3           positions on the list of those who can stand on this kind; means --scope part
  --items A,B             ${folded(recordItems)}
  --year YEAR             年度, by the year in which it begins (default the newest on offer)
  --copies N
支払い / payment
  --pay HOW               ${payments.join(', ')}
故障 / faults (several with commas)
  --fault FAULT           ${Object.values(faults)
    .map(({ form }) => form)
    .join('\n                          ')}
                          steps: ${stepOrder.join(' ')}
どこで / where
  --town FILE             default .machikado/town.json
  --center URL            another center
  --kiosk ID|DIR          a kiosk of the town, or a folder named by the kiosk’s id with key.pem, cert.pem, ca.pem,
                          seal.pem (public key of the center’s seal) and center.pin (SHA-256 of the center’s public
                          key, hex, one a line; needed with --center)
  --out DIR               printed PDFs and report.json; default out
  --state DIR             journals and devices; default .machikado/stores
  --json                  the report on standard output, nothing else
負荷 / load
  --loop N --parallel K   N uses at each of K kiosks

終了コード / exit codes
${Object.values(exitCodes)
  .map(({ code, meaning }) => `  ${String(code).padEnd(4)}${meaning}`)
  .join('\n')}
${people.length > 0 ? `\n人 / people of this town\n${people.join('\n')}\n` : ''}`;
}
