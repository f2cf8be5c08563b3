/** Every text of the record that a certificate would show. */
import type { CertificateFacts } from '../ports.ts';
import { formOf } from './kinds/index.ts';

const nobody = { title: '', name: '', sealSvg: '' };

export function textsOn(facts: CertificateFacts): string[] {
  const content = formOf(facts.kind).written({ ...facts, mayor: nobody, issueNumber: '', orderReference: '' });
  const { sheet, blocks = [], rows = [], names } = content;
  return [
    ...Object.values(sheet),
    ...blocks.flatMap(({ cells }) => Object.values(cells)),
    ...rows.flatMap(({ label, text }) => [label, text]),
    ...names.map(({ name }) => name),
  ];
}
