/** Refusals because of the persons: 支援措置, age, 転出 and the other ways out of the household, 異動処理中. */
import { hasReachedAge } from '@machikado/domain';
import type { RegistryPerson } from '@machikado/protocol';
import { peopleOf } from '../kinds/people-of.ts';
import { applicantAndSelected, applicantIn, type Case, peopleAround } from './case.ts';
import type { RefusalRule } from './refusal-rule.ts';

const PROTECTION = '住民基本台帳事務処理要領 第5-10（支援措置）; 印鑑・税・戸籍は団体の取扱い; よくある質問 No. 7';
const REMOVAL = '住民基本台帳法 第8条, 第12条; 住民基本台帳法施行令 第8条, 第13条';
/** The period of a 支援措置 ends by nothing but an event of the registry: no row knows an end date. */
const UNTIL_AN_EVENT = '; a date that passes lifts nothing';
/** 利用者制限 by staff is put into the snapshot as protection = active (`with-restrictions.ts`). */
const OR_RESTRICTED = `, in the registry or by a 利用者制限 of staff${UNTIL_AN_EVENT}`;

export const personRules: readonly RefusalRule[] = [
  {
    id: 'protection-self',
    kinds: 'all',
    whom: 'applicant',
    condition: `protection = active${OR_RESTRICTED}`,
    applies: (c) => applicantIn(c).some((p) => p.protection === 'active'),
    code: 'USE_COUNTER',
    staffReason: '申請者が支援措置または職員による利用者制限の対象',
    source: PROTECTION,
  },
  {
    id: 'protection-household',
    kinds: 'all',
    whom: 'around',
    condition: `protection of somebody else = active${OR_RESTRICTED}`,
    applies: (c) => peopleAround(c).some((p) => p.residentId !== c.applicantId && p.protection === 'active'),
    code: 'USE_COUNTER',
    staffReason: '同一世帯（戸籍・附票では同一戸籍）に支援措置または職員による利用者制限の対象者',
    source: PROTECTION,
  },
  {
    id: 'protection-joint',
    kinds: 'all',
    whom: 'around',
    condition: `protection = joint${UNTIL_AN_EVENT}`,
    applies: (c) => peopleAround(c).some((p) => p.protection === 'joint'),
    code: 'USE_COUNTER',
    staffReason: '併せて支援を求める者を含む世帯または戸籍',
    source: PROTECTION,
  },
  {
    id: 'protection-provisional',
    kinds: 'all',
    whom: 'around',
    condition: `protection = provisional${UNTIL_AN_EVENT}`,
    applies: (c) => peopleAround(c).some((p) => p.protection === 'provisional'),
    code: 'USE_COUNTER',
    staffReason: '仮の支援措置を含む世帯または戸籍',
    source: PROTECTION,
  },
  {
    id: 'under-age',
    kinds: 'all',
    whom: 'applicant',
    condition: 'has not surely reached the minimum age of the municipality for this kind; no minimum: never',
    applies: isTooYoung,
    code: 'USE_COUNTER',
    staffReason: '申請者が団体の定める年齢に達していない（または生年月日不詳）',
    source: 'よくある質問 No. 7（団体の判断）; 年齢計算ニ関する法律, 民法 第143条',
  },
  {
    ...outOfTheBook('leaving', '転出届出済'),
    condition: '転出届済, before the day of moving too',
    source: '住民基本台帳法 第24条',
  },
  outOfTheBook('left', '転出'),
  outOfTheBook('deceased', '死亡'),
  outOfTheBook('removed', '消除（職権消除を含む）または除籍'),
  {
    id: 'in-process',
    kinds: 'all',
    whom: 'household',
    condition: '異動処理中',
    applies: ({ record }) => record.members.some((p) => p.inProcess),
    code: 'USE_COUNTER',
    staffReason: '世帯に異動処理中の者',
    source: '住民基本台帳法 第14条（記録の正確な確保）',
  },
  {
    id: 'no-book',
    kinds: 'all',
    whom: 'applicant',
    condition: 'does not stand in the book of this kind here: 本籍 in another municipality, not in the household',
    applies: (c) => !peopleOf(c.kind, c.record).some((p) => p.residentId === c.applicantId),
    code: 'USE_COUNTER',
    staffReason: '申請者の記録がこの団体の簿冊（住民票・戸籍・附票）にない',
    source: '住民基本台帳法 第12条, 第20条; 戸籍法 第10条',
  },
];

function outOfTheBook(id: Exclude<RegistryPerson['status'], 'resident'>, staffReason: string): RefusalRule {
  return {
    ...{ id, kinds: 'all', whom: 'applicant-and-selected', condition: `status = ${id}` },
    applies: (c) => applicantAndSelected(c).some((p) => p.status === id),
    ...{ code: 'USE_COUNTER', staffReason, source: REMOVAL },
  };
}

/** 不詳 is not “old enough”. */
function isTooYoung(c: Case): boolean {
  const { minimumAge } = c;
  if (minimumAge === undefined) return false;
  return applicantIn(c).some(({ birth }) => hasReachedAge(minimumAge, birth, c.today) !== 'yes');
}
