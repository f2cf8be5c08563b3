/** 印鑑登録証明書, as it must be found on the paper: worked out from the record once more, by code of its own. */
import type { CertificateContent } from '../../../ports.ts';
import { japaneseDate, westernDate } from '../../expected-dates.ts';
import type { FormContent } from '../../form-content.ts';

export function expectSealRegistration({ record, persons }: CertificateContent): FormContent {
  const holders = record.members.filter((member) => persons.some((person) => person.residentId === member.residentId));
  const [holder] = holders;
  if (!holder || holders.length > 1 || !record.seal) throw new RangeError('not one person with one seal');
  const texts = {
    japanese: { otherName: holder.formerName, birth: japaneseDate(holder.birth) },
    foreign: { otherName: holder.commonName, birth: westernDate(holder.birth) },
  }[holder.nationalityKind];
  return {
    sheet: { address: record.address, birth: texts.birth, otherName: texts.otherName || '【空欄】', name: holder.name },
    pictures: { imprint: record.seal.imprint },
    certification: 'imprint',
    names: [{ at: 'sheet name', name: holder.name }],
  };
}
