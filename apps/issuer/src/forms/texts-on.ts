/** Every text of the record that a certificate would show; none where the record has no such book, or nobody stands on it. */
import { kindFacts } from '../kinds/kind-facts.ts';
import type { CertificateFacts } from '../ports.ts';
import { formOn, readContract } from './form-contract.ts';
import { formOf } from './kinds/index.ts';

const SECTION = { seal: 'seal', tax: 'tax', koseki: 'koseki', 'address-history': 'addressHistory' } as const;
const nobody = { title: '', name: '', sealSvg: '' };

export function textsOn(facts: CertificateFacts): string[] {
  if (kindFacts[facts.kind].sections.some((section) => !facts.record[SECTION[section]])) return [];
  if (facts.persons.length === 0) return [];
  const { words = {} } = readContract(formOn(facts.kind, facts.issuedOn, facts.forms));
  const content = formOf(facts.kind).written({ ...facts, mayor: nobody, issueNumber: '', orderReference: '' }, words);
  const { sheet, blocks = [], rows = [], names } = content;
  return [
    ...Object.values(sheet),
    ...blocks.flatMap(({ cells }) => Object.values(cells)),
    ...rows.flatMap(({ group = '', label, text }) => [group, label, text]),
    ...names.map(({ name }) => name),
  ];
}
