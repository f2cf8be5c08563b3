import { type CertificateKind, certificateKinds, type Selection } from '@machikado/protocol';
import { expect, test } from 'vitest';
import { kindFacts } from '../kinds/kind-facts.ts';
import { type TermsCase, termRules, termsAgainst } from './term-rules.ts';

function termsOf(kind: CertificateKind, change: Partial<TermsCase> = {}, chosen: Partial<Selection> = {}): TermsCase {
  const { scopes, items, hasFiscalYear } = kindFacts[kind];
  const scope = scopes[0] ?? 'self';
  return {
    selection: {
      ...{ kind, scope, personRefs: [], items: [...items], copies: 2, feeYen: 600 },
      ...(hasFiscalYear && { fiscalYear: 2026 }),
      ...chosen,
    },
    role: 'residence',
    offered: { scopes: [scope], items: [...items], copiesMax: 2 },
    feeYenPerCopy: 300,
    fiscalYears: hasFiscalYear ? [2026, 2025] : [],
    ...{ open: true, suspended: false },
    ...change,
  };
}

/** Kinds not named are served on both sides. */
const sides: Record<
  string,
  { refused: (kind: CertificateKind) => TermsCase; only?: (kind: CertificateKind) => boolean }
> = {
  'kind-not-offered': { refused: (kind) => termsOf(kind, { offered: undefined }) },
  'role-not-offered': {
    refused: (kind) => termsOf(kind, { role: 'registered-domicile' }),
    only: (kind) => !kind.startsWith('koseki'),
  },
  'scope-not-offered': { refused: (kind) => termsOf(kind, {}, { scope: kindFacts[kind].scopes[1] ?? 'part' }) },
  'item-not-offered': {
    refused: (kind) => termsOf(kind, { offered: { scopes: [...kindFacts[kind].scopes], items: [], copiesMax: 2 } }),
    only: (kind) => kindFacts[kind].items.length > 0,
  },
  'fiscal-year-not-offered': {
    refused: (kind) => termsOf(kind, {}, { fiscalYear: 2024 }),
  },
  'too-many-copies': { refused: (kind) => termsOf(kind, {}, { copies: 3, feeYen: 900 }) },
  closed: { refused: (kind) => termsOf(kind, { open: false }) },
  suspended: { refused: (kind) => termsOf(kind, { suspended: true }) },
  'fee-changed': { refused: (kind) => termsOf(kind, { feeYenPerCopy: 299 }) },
};

test.each(certificateKinds)('%s within the terms is served', (kind) => {
  expect(termsAgainst(termsOf(kind))).toEqual([]);
});

const cells = termRules.flatMap((rule) => certificateKinds.map((kind) => ({ id: rule.id, kind })));
test.each(cells)('$id, $kind: refused for this reason alone', ({ id, kind }) => {
  const side = sides[id];
  expect(side).toBeDefined();
  const isRefused = side?.only?.(kind) ?? true;
  expect(side && termsAgainst(side.refused(kind)).map((rule) => rule.id)).toEqual(isRefused ? [id] : []);
});

test('a kind without a fee on the day, and a tax kind without its year, are not on the menu', () => {
  expect(termsAgainst(termsOf('resident-record', { feeYenPerCopy: undefined })).map((r) => r.id)).toEqual([
    'kind-not-offered',
  ]);
  const withoutYear = termsOf('tax-income', {}, {});
  const { fiscalYear: _, ...selection } = withoutYear.selection;
  expect(termsAgainst({ ...withoutYear, selection }).map((r) => r.id)).toEqual(['fiscal-year-not-offered']);
});
