/** 住民票の写し of invented households that all differ, so that nothing can be remembered from one to the next. */
import type { CalendarDate } from '@machikado/domain';
import { createRegistry, generateTown, memoryJournal } from '@machikado/registry';
import { drawSeal, missingGlyphs } from '../apps/issuer/src/forms/index.ts';
import type { CertificateContent } from '../apps/issuer/src/ports.ts';

/** Of those whose letters the default font has, the first so many. */
export function residentRecords(count: number): CertificateContent[] {
  const town = generateTown('990019', 'bench');
  const now = () => new Date('2026-11-22T03:00:00Z');
  const registry = createRegistry({ towns: [town], journal: memoryJournal('bench'), now });
  const sealSvg = drawSeal('夕凪市長之印');
  const contentOf = (residentId: string, i: number): CertificateContent[] => {
    const record = registry.readRecord({ lgCode: town.lgCode, residentId });
    if (missingGlyphs(JSON.stringify(record.members)).length > 0) return [];
    return [
      {
        kind: 'resident-record',
        record,
        persons: record.members,
        scope: 'household',
        items: ['relationship', 'registered-domicile', 'previous-address'],
        issuedOn: '2026-11-22' as CalendarDate,
        mayor: { title: '架空県夕凪市長', name: '架空 花子', sealSvg },
        issueNumber: i.toString(16).padStart(16, '0'),
        orderReference: '0f1e2d3c4b5a6978',
      },
    ];
  };
  return town.households.flatMap(({ members }, i) => contentOf(members[0]?.residentId ?? '', i)).slice(0, count);
}
