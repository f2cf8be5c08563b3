/** `npm start`: the whole town on one machine, until Ctrl-C. */
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { inventedTowns } from './invented-towns.ts';
import { startTown } from './start-town.ts';

const HELP = `npm start [-- options]

  --dir DIR        folder of the town: database, keys, cards, logs (default .machikado)
  --at TIME        business time, e.g. 2026-12-28T22:59+09:00 (default: now, or 10:00 of the next service day)
  --kiosks N       identities of kiosks to make (default 4)
  --help           this text

DATABASE_URL=postgres://…   uses a PostgreSQL server (15 or later, as an admin) instead of the embedded one
`;

const { values } = parseArgs({
  options: {
    dir: { type: 'string' },
    at: { type: 'string' },
    kiosks: { type: 'string', default: '4' },
    help: { type: 'boolean' },
  },
});
if (values.help) {
  process.stdout.write(HELP);
  process.exit(0);
}

const started = performance.now();
const say = (line: string) => console.log(line);
const at = values.at === undefined ? undefined : Date.parse(values.at);
if (at !== undefined && Number.isNaN(at)) {
  console.error('--at is not a time');
  process.exit(2);
}
if (!/^[1-9]\d{0,2}$/.test(values.kiosks)) {
  console.error('--kiosks is not a number from 1 to 999');
  process.exit(2);
}
const kiosks = Array.from({ length: Number(values.kiosks) }, (_, i) => `kiosk-${i + 1}`);
const databaseUrl = process.env.DATABASE_URL;

const town = await startTown({
  dir: values.dir ?? fileURLToPath(new URL('../../.machikado', import.meta.url)),
  kiosks,
  bench: true,
  ...(databaseUrl && { databaseUrl }),
  ...(at !== undefined && { businessOffsetMs: at - Date.now() }),
  say,
}).catch((error: Error) => {
  console.error(`\nThe town did not start: ${error.message}`);
  process.exit(1);
});

const offset = town.plan.businessOffsetMs;
const businessTime = new Date(Date.now() + offset).toLocaleString('ja-JP', {
  timeZone: 'Asia/Tokyo',
  dateStyle: 'full',
  timeStyle: 'short',
});
const clockNote = () => {
  if (at !== undefined) return '   — as --at says';
  return offset === 0
    ? ''
    : '   — outside service hours now, so the business clock is moved (時間外のため業務時計を進めています)';
};
say(`
街角 Machikado is up after ${((performance.now() - started) / 1000).toFixed(1)} s.

  ブラウザで開く / open in a browser    ${town.benchUrl}

  問い合わせサイト      ${town.siteUrl}
  証明書交付センター    ${town.centerUrl}   (mutual TLS)
  証明発行サーバ        ${town.plan.issuers.map((i) => `${inventedTowns.find((t) => i.lgCodes.includes(t.lgCode))?.settings.name} https://127.0.0.1:${i.port}`).join('\n                        ')}
  JPKIセンター (OCSP)   ${town.plan.ocspUrl}
  業務時刻              ${businessTime}${clockNote()}
  folder, logs          ${town.plan.dir}

Without a browser, in another terminal:

  npm run pseudo-store                 one 住民票の写し, from card to paper
  npm run pseudo-store -- --help       people, payments, faults

Ctrl-C ends the town; its data stays for the next start.`);

let ending = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (ending) return;
    ending = true;
    say('\nEnding …');
    void town.stop().then(() => process.exit(0));
  });
}
for (const service of town.services) {
  service.process.once('exit', (code) => {
    if (!ending) console.error(`${service.name} ended with ${code}; its log: ${service.logFile}`);
  });
}
