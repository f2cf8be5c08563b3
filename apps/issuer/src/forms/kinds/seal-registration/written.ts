/** 印鑑登録証明書, as it is typeset: the imprint and whose it is. 性別 does not stand on it. */
import assert from 'node:assert/strict';
import { formatLedgerDate } from '@machikado/domain';
import type { CertificateContent } from '../../../ports.ts';
import { EMPTY, type FormContent, sheetPath } from '../../form-content.ts';

export function writeSealRegistration({ record, persons: [asked] }: CertificateContent): FormContent {
  const holder = record.members.find(({ residentId }) => residentId === asked?.residentId);
  assert.ok(holder && record.seal, 'somebody with a 印鑑登録');
  const foreign = holder.nationalityKind === 'foreign';
  const { png, widthMm, heightMm } = record.seal.imprint;
  return {
    sheet: {
      name: holder.name,
      otherName: (foreign ? holder.commonName : holder.formerName) || EMPTY,
      birth: formatLedgerDate(holder.birth, foreign ? 'western' : 'wareki'),
      address: record.address,
    },
    pictures: { imprint: { png, widthMm, heightMm } },
    certification: 'imprint',
    names: [{ name: holder.name, at: sheetPath('name') }],
  };
}
