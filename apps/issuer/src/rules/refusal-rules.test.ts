import { parseCalendarDate } from '@machikado/domain';
import type { RegistryPerson, RegistryRecord } from '@machikado/protocol';
import { describe, expect, test } from 'vitest';
import { household, person } from '../testing/people.ts';
import type { Case } from './case.ts';
import { reasonsAgainst, refusalRules } from './refusal-rules.ts';

const parent = person({ residentId: 'r1', order: 1, name: '夕凪 太郎' });
const child = person({ residentId: 'r2', order: 2, name: '夕凪 花子', relationship: '子' });

function caseOf(change: Partial<Case> = {}, members: RegistryPerson[] = [parent, child]): Case {
  const record: RegistryRecord = household(members);
  return {
    kind: 'resident-record',
    record,
    applicantId: record.members[0]?.residentId ?? '',
    selected: record.members,
    scope: 'household',
    printedTexts: record.members.flatMap((p) => [
      p.name,
      p.formerName ?? '',
      p.previousAddress ?? '',
      p.registeredDomicile?.head ?? '',
    ]),
    strangers: 0,
    today: parseCalendarDate('2026-11-20'),
    minimumAge: 15,
    limits: { nameLettersMax: 40, addressLettersMax: 80 },
    missingGlyphs: (text) => (text.includes('〓') ? ['〓'] : []),
    ...change,
  };
}
const applicantIs = (change: Partial<RegistryPerson>) => caseOf({}, [{ ...parent, ...change }, child]);
const otherIs = (change: Partial<RegistryPerson>) => caseOf({}, [parent, { ...child, ...change }]);

/** One case at least for every row: the table is walked, so a row without a case fails. */
const cases: Record<string, Case[]> = {
  'protection-self': [applicantIs({ protection: 'active' })],
  'protection-household': [otherIs({ protection: 'active' })],
  'protection-joint': [applicantIs({ protection: 'joint' }), otherIs({ protection: 'joint' })],
  'protection-provisional': [applicantIs({ protection: 'provisional' }), otherIs({ protection: 'provisional' })],
  'under-age': [
    applicantIs({ birth: { year: 2011, month: 11, day: 21 } }),
    applicantIs({ birth: { year: 2011, month: null, day: null } }),
  ],
  leaving: [applicantIs({ status: 'leaving' }), otherIs({ status: 'leaving' })],
  left: [applicantIs({ status: 'left' })],
  deceased: [applicantIs({ status: 'deceased' })],
  removed: [applicantIs({ status: 'removed' })],
  'in-process': [applicantIs({ inProcess: true }), otherIs({ inProcess: true })],
  'glyph-missing': [
    applicantIs({ name: '夕凪 〓' }),
    otherIs({ formerName: '〓' }),
    applicantIs({ previousAddress: '架空県〓町' }),
    applicantIs({ registeredDomicile: { address: '架空県夕凪市', head: '〓' } }),
  ],
  'too-long': [applicantIs({ name: '長'.repeat(41) }), otherIs({ previousAddress: '長'.repeat(81) })],
  'selection-outdated': [
    caseOf({ strangers: 1 }),
    caseOf({ selected: [parent] }),
    caseOf({ scope: 'self', selected: [child] }),
    caseOf({ scope: 'part', selected: [] }),
  ],
};

describe('the table of refusals', () => {
  test('an ordinary household is refused for no reason', () => {
    expect(reasonsAgainst(caseOf())).toEqual([]);
  });

  test.each(refusalRules)('$id refuses, alone, and says why to staff only', (rule) => {
    const examples = cases[rule.id] ?? [];
    expect(examples.length).toBeGreaterThan(0);
    for (const example of examples) expect(reasonsAgainst(example).map((r) => r.id)).toEqual([rule.id]);
    expect(rule.staffReason && rule.source).not.toBe('');
  });

  test('every personal reason has one and the same code', () => {
    const codes = refusalRules.filter((r) => r.id !== 'selection-outdated').map((r) => r.code);
    expect(new Set(codes)).toEqual(new Set(['USE_COUNTER']));
  });

  test('all rows are asked, even when the first applies', () => {
    const both = applicantIs({ protection: 'active', inProcess: true, name: '〓' });
    expect(reasonsAgainst(both).map((r) => r.id)).toEqual(['protection-self', 'in-process', 'glyph-missing']);
  });

  test('the age limit is the municipality’s own: without one, a child is served', () => {
    expect(
      reasonsAgainst({ ...applicantIs({ birth: { year: 2020, month: 1, day: 1 } }), minimumAge: undefined }),
    ).toEqual([]);
  });

  test('the fifteenth year is complete at the end of the day before the birthday', () => {
    expect(reasonsAgainst(applicantIs({ birth: { year: 2011, month: 11, day: 20 } }))).toEqual([]);
  });

  test('a name is counted in letters as people see them', () => {
    expect(reasonsAgainst(applicantIs({ name: '葛\u{E0102}'.repeat(40) }))).toEqual([]);
  });

  test('who left the household long ago stands neither on the paper nor in its way', () => {
    const gone = person({ residentId: 'r3', order: 3, status: 'left', protection: 'active' });
    expect(reasonsAgainst(caseOf({ selected: [parent, child] }, [parent, child, gone]))).toEqual([]);
  });
});
