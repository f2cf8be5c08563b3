/**
 * Why a certificate is not issued at a kiosk, one row a reason. Every row is asked of the same snapshot that is printed, none
 * is skipped because another one applied, and outwardly all personal reasons are one code: who is protected by 支援措置 must not
 * differ from who has a rare letter in the name, neither by the answer nor by the work done for it.
 * The reason itself stands in the municipality’s own record and nowhere else.
 */
import { countGraphemes, hasReachedAge } from '@machikado/domain';
import type { ErrorCode } from '@machikado/protocol';
import { type PersonInBook, peopleOf } from '../kinds/people-of.ts';
import { applicantIn, type Case, peopleAround, presentPeople } from './case.ts';

export interface RefusalRule {
  readonly id: string;
  readonly applies: (c: Case) => boolean;
  readonly code: Extract<ErrorCode, 'USE_COUNTER' | 'RECORD_CHANGED'>;
  /** What staff read. */
  readonly staffReason: string;
  /** Where the rule comes from. */
  readonly source: string;
}

const PROTECTION = '住民基本台帳事務処理要領 第5-10（支援措置）; よくある質問 No. 7';
const REMOVAL = '住民基本台帳法 第8条, 第12条; 住民基本台帳法施行令 第8条, 第13条';

export const refusalRules: readonly RefusalRule[] = [
  {
    id: 'protection-self',
    applies: (c) => applicantIn(c).some((p) => p.protection === 'active'),
    code: 'USE_COUNTER',
    staffReason: '申請者が支援措置の対象',
    source: PROTECTION,
  },
  {
    id: 'protection-household',
    applies: (c) => anyPresent(c, (p) => p.residentId !== c.applicantId && p.protection === 'active'),
    code: 'USE_COUNTER',
    staffReason: '同一世帯に支援措置の対象者',
    source: PROTECTION,
  },
  {
    id: 'protection-joint',
    applies: (c) => anyPresent(c, (p) => p.protection === 'joint'),
    code: 'USE_COUNTER',
    staffReason: '併せて支援を求める者を含む世帯',
    source: PROTECTION,
  },
  {
    id: 'protection-provisional',
    applies: (c) => anyPresent(c, (p) => p.protection === 'provisional'),
    code: 'USE_COUNTER',
    staffReason: '仮の支援措置を含む世帯',
    source: PROTECTION,
  },
  {
    id: 'under-age',
    // 不詳 is not “old enough”.
    applies: (c) => isTooYoung(c),
    code: 'USE_COUNTER',
    staffReason: '申請者が団体の定める年齢に達していない（または生年月日不詳）',
    source: 'よくある質問 No. 7（団体の判断）; 年齢計算ニ関する法律',
  },
  {
    id: 'leaving',
    applies: (c) => someone(c, (p) => p.status === 'leaving'),
    code: 'USE_COUNTER',
    staffReason: '転出届出済',
    source: '住民基本台帳法 第24条',
  },
  {
    id: 'left',
    applies: (c) => someone(c, (p) => p.status === 'left'),
    code: 'USE_COUNTER',
    staffReason: '転出',
    source: REMOVAL,
  },
  {
    id: 'deceased',
    applies: (c) => someone(c, (p) => p.status === 'deceased'),
    code: 'USE_COUNTER',
    staffReason: '死亡',
    source: REMOVAL,
  },
  {
    id: 'removed',
    applies: (c) => someone(c, (p) => p.status === 'removed'),
    code: 'USE_COUNTER',
    staffReason: '消除（職権消除を含む）',
    source: REMOVAL,
  },
  {
    id: 'in-process',
    applies: (c) => c.record.members.some((p) => p.inProcess) || peopleOf(c.kind, c.record).some((p) => p.inProcess),
    code: 'USE_COUNTER',
    staffReason: '世帯に異動処理中の者',
    source: '住民基本台帳法 第14条（記録の正確な確保）',
  },
  {
    id: 'glyph-missing',
    applies: (c) => c.printedTexts.filter((text) => c.missingGlyphs(text).length > 0).length > 0,
    code: 'USE_COUNTER',
    staffReason: '帳票のフォントにない文字（または異体字）を含む',
    source: '行政事務標準文字; 別字への置換えをしない（設計の原則）',
  },
  {
    id: 'too-long',
    applies: (c) =>
      longerThan(
        c.limits.nameLettersMax,
        c.selected.map(({ name }) => name),
      ) || longerThan(c.limits.addressLettersMax, [c.record.address]),
    code: 'USE_COUNTER',
    staffReason: '氏名または住所が上限より長い',
    source: '団体の設定（帳票の欄の大きさ）',
  },
  {
    id: 'selection-outdated',
    applies: (c) => c.strangers > 0 || !matchesScope(c),
    code: 'RECORD_CHANGED',
    staffReason: '選択された者が現在の世帯と一致しない',
    source: '住民基本台帳法 第12条（写しは現在の記録による）',
  },
];

/** Every reason that applies, in the order of the table. All rows are asked, always. */
export function reasonsAgainst(c: Case): RefusalRule[] {
  return refusalRules.map((rule) => ({ rule, applies: rule.applies(c) })).flatMap((r) => (r.applies ? [r.rule] : []));
}

function isTooYoung(c: Case): boolean {
  const { minimumAge } = c;
  if (minimumAge === undefined) return false;
  return applicantIn(c).some(({ birth }) => hasReachedAge(minimumAge, birth, c.today) !== 'yes');
}

function someone(c: Case, is: (person: PersonInBook) => boolean): boolean {
  return [...applicantIn(c), ...c.selected].some(is);
}

/** 支援措置 ends with 転出: of a household’s members it concerns those who still live there. */
function anyPresent(c: Case, is: (person: PersonInBook) => boolean): boolean {
  return peopleAround(c).some(is);
}

function longerThan(lettersMax: number, texts: readonly string[]): boolean {
  return texts.filter((text) => countGraphemes(text) > lettersMax).length > 0;
}

function matchesScope(c: Case): boolean {
  const chosen = new Set(c.selected.map(({ residentId }) => residentId));
  switch (c.scope) {
    case 'self':
      return chosen.size === 1 && chosen.has(c.applicantId);
    case 'household':
      return chosen.size === presentPeople(c.kind, c.record, c.applicantId).length;
    case 'part':
      return chosen.size > 0;
  }
}
