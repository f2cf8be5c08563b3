/**
 * The rack of the workbench: which of the town’s cards a visitor finds there, and what each is good for. The first is the one that the guide begins
 * with. Labels speak of the card, never of a person’s circumstances: whoever is sent to the counter must not be recognisable here either.
 */
import type { PersonaKey } from '@machikado/registry';
import type { WorkbenchConfig } from '@machikado/workbench';
import type { InventedTown } from './invented-towns.ts';
import { cardFileOf } from './lay-out-cards.ts';
import { type SpecialKey, specialFileOf } from './special-cards.ts';

interface Place {
  readonly card: { readonly persona: PersonaKey; readonly town?: 1 } | { readonly special: SpecialKey };
  readonly label: { readonly ja: string; readonly en: string };
  readonly note: { readonly ja: string; readonly en: string };
}

const place = (card: Place['card'], label: readonly [string, string], note: readonly [string, string]): Place => ({
  card,
  label: { ja: label[0], en: label[1] },
  note: { ja: note[0], en: note[1] },
});
const person = (persona: PersonaKey, label: readonly [string, string], note: readonly [string, string]) =>
  place({ persona }, label, note);
const elsewhere = (persona: PersonaKey, label: readonly [string, string], note: readonly [string, string]) =>
  place({ persona, town: 1 }, label, note);
const unusual = (special: SpecialKey, label: readonly [string, string], note: readonly [string, string]) =>
  place({ special }, label, note);

const rack: readonly Place[] = [
  person('single', ['一人暮らし', 'Lives alone'], ['はじめての方に。', 'A good one to begin with.']),
  person(
    'family-head',
    ['四人家族', 'Family of four'],
    ['世帯全員・一部・本人のみを選べます。', 'Choose the whole household, some of it, or one.'],
  ),
  person('nine', ['九人の世帯', 'Household of nine'], ['1通が3枚になります。', 'One copy takes three sheets.']),
  person(
    'foreign-alias',
    ['外国人住民（通称あり）', 'Foreign resident'],
    ['氏名と通称が載ります。', 'Name and 通称 (alias) both appear.'],
  ),
  person(
    'ivs-name',
    ['異体字の氏名', 'Name with a rare letter'],
    ['字形がそのまま印字されます。', 'Printed as it is written.'],
  ),
  elsewhere(
    'couple',
    ['別の町の住民', 'Resident of another town'],
    ['手数料も受付時間も違います。', 'Other fee, other hours.'],
  ),
  unusual(
    'android',
    ['スマートフォン（Android）', 'Phone (Android)'],
    ['スマホ用電子証明書。', 'The phone carries its own cert.'],
  ),
  unusual(
    'iphone',
    ['スマートフォン（iPhone）', 'Phone (iPhone)'],
    ['スマホ用電子証明書。', 'The phone carries its own cert.'],
  ),
  person(
    'protected',
    ['窓口をご案内する例', 'Sent to the counter'],
    ['ここでは発行されず、窓口を案内されます。', 'Nothing is issued here; the kiosk points to the counter.'],
  ),
  unusual(
    'locked',
    ['暗証番号がロックされたカード', 'Locked PIN'],
    ['3回間違えた後のカード。', 'After three wrong tries.'],
  ),
  unusual(
    'no-pin',
    ['暗証番号のないカード', 'Card without a PIN'],
    ['暗証番号設定なし。', 'Its holder chose to have none.'],
  ),
  unusual(
    'expired',
    ['期限切れのカード', 'Expired cert'],
    ['電子証明書の有効期限が過ぎています。', 'Past its fifth birthday.'],
  ),
  unusual(
    'not-renewed',
    ['継続利用の手続きがないカード', 'Not carried on after moving'],
    ['暗証番号の後に分かります。', 'Found out after the PIN.'],
  ),
  unusual('damaged', ['壊れたカード', 'Damaged chip'], ['ICチップが応答しません。', 'The chip does not answer.']),
  unusual(
    'other-kind',
    ['別の種類のカード', 'Another kind of card'],
    ['マイナンバーカードではありません。', 'Not a My Number Card.'],
  ),
];

export function cardRack(towns: readonly InventedTown[], cardsDir: string): WorkbenchConfig['cards'] {
  return rack.map(({ card, label, note }) => {
    const town = towns[('town' in card && card.town) || 0];
    const file =
      town &&
      ('special' in card
        ? specialFileOf(cardsDir, town.lgCode, card.special)
        : cardFileOf(cardsDir, town.lgCode, card.persona));
    if (!file) throw new RangeError(`no card for the rack: ${label.en}`);
    return { file, label, note, town: town.settings.name };
  });
}
