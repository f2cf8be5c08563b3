/** The same certificate as it was issued to the same person before: another number, another day. */
import type { CalendarDate } from '@machikado/domain';
import type { Certificate, Workshop } from './workshop.ts';

export function olderThan({ document }: Certificate, workshop: Workshop): Promise<Certificate> {
  const { content } = document;
  const turned = (number: string) => [...number].reverse().join('');
  return workshop.issue({
    ...document,
    content: {
      ...content,
      issueNumber: turned(content.issueNumber),
      orderReference: turned(content.orderReference),
      issuedOn: (content.issuedOn === '2026-11-22' ? '2026-10-21' : content.issuedOn) as CalendarDate,
    },
  });
}
