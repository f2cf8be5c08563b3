/** `.machikado/town.json`: where the running town is and whose cards lie there, for the pseudo-store. */
import { readFileSync } from 'node:fs';
import type { TownFile } from '@machikado/kiosk-agent';
import { personaKeys, personas } from '@machikado/registry';
import { cardFileOf } from './lay-out-cards.ts';
import { type TownPlan, writeJson } from './town-configs.ts';

export function writeTownFile(known: {
  plan: TownPlan;
  centerUrl: string;
  cardsDir: string;
  kid: string;
  pin: string;
}): string {
  const { plan, centerUrl, cardsDir, kid, pin } = known;
  const town: TownFile = {
    centerUrl,
    centerPins: plan.centers.map(({ name }) => plan.pki.peer(name).pin),
    kiosks: plan.kiosks.map((kioskId) => {
      const { keyFile, certFile, caFile } = plan.pki.peer(kioskId);
      return { kioskId, tls: { keyFile, certFile, caFile } };
    }),
    sealPublicKeys: [{ kid, pem: readFileSync(plan.keys.seal.publicFile, 'utf8') }],
    municipalities: plan.towns.map(({ lgCode, settings }) => ({ lgCode, name: settings.name })),
    cardsDir,
    personas: Object.fromEntries(
      plan.towns.flatMap(({ lgCode }, i) =>
        personaKeys.flatMap((persona) => {
          const file = cardFileOf(cardsDir, lgCode, persona);
          // The first town's personas go by their bare names, the others' by town and name.
          const name = i === 0 ? persona : `${lgCode}/${persona}`;
          return file ? [[name, { lgCode, file, pin, note: personas[persona] }]] : [];
        }),
      ),
    ),
  };
  return writeJson(plan.dir, 'town', town);
}
