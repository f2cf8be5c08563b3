/** 印鑑登録証明書: small and large imprints, round and oval, all sorts of names. */
import type { RegistryRecord } from '@machikado/protocol';
import { imprintOf } from '../imprint.ts';
import { foreigner, household } from '../records.ts';
import { deputy, type GalleryCase, galleryCase, otherTown } from './gallery-case.ts';
import { alone, bare, beyondCells, date, longAddress, one, rareLetters } from './people.ts';

const kind = 'seal-registration';

type Imprint = ReturnType<typeof imprintOf>;
const withSeal = (record: RegistryRecord, imprint: Imprint): RegistryRecord => ({
  ...record,
  seal: {
    ...{ registrationId: 'S1', registrationVersion: 1, state: 'active', registeredOn: date(2019, 12, 12) },
    imprint,
  },
});
const show = (edge: string, shows: string, record: RegistryRecord, imprint: Imprint, changes = {}) =>
  galleryCase(kind, edge, shows, withSeal(record, imprint), { scope: 'self', residentIds: ['R1'], ...changes });

export const cases: readonly GalleryCase[] = [
  show('usual', 'a seal of 15 mm', alone, imprintOf('夕凪')),
  show('smallest', 'a seal of hardly more than 8 mm', alone, imprintOf('凪', 8.1)),
  show('largest', 'a seal of hardly less than 25 mm', alone, imprintOf('夕凪一郎', 24.9)),
  show('oval', 'an oval seal, higher than wide', alone, imprintOf('夕凪', 20, 0.7)),
  show('flat', 'a seal wider than high', alone, imprintOf('夕凪', 12, 1.6)),
  show('former-name', '旧氏 beside the name, and on the seal', one({ formerName: '辻\u{E0100}汐' }), imprintOf('辻汐')),
  show('rare-letters', '𠮷, 髙', rareLetters, imprintOf('𠮷野', 16.5)),
  show('foreigner', '通称, birth in the western calendar', household([foreigner(1)]), imprintOf('架空')),
  show('foreigner-plain', 'no 通称', household([foreigner(1, { commonName: null })]), imprintOf('海', 12)),
  show('long-address', 'an address that shrinks and breaks', one({}, longAddress), imprintOf('夕凪')),
  show(
    'long-name',
    'a name that breaks',
    one({ name: '夕凪　寿限無寿限無五劫擦切海砂利水魚水行末雲来末' }),
    imprintOf('寿限無'),
  ),
  show('longest-texts', 'texts as long as the messages allow', beyondCells, imprintOf('夕凪')),
  show('unknown-birth', '月日不詳', bare, imprintOf('夕凪', 10)),
  show('era', 'born on the first day of 平成', one({ birth: date(1989, 1, 8) }), imprintOf('夕凪', 13.5)),
  show('deputy', '職務代理者', alone, imprintOf('夕凪'), { mayor: deputy }),
  show('other-town', 'another town', alone, imprintOf('夕凪'), { mayor: otherTown }),
];
