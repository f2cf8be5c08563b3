/**
 * The other half of the table: refusals that depend on the municipality, the role of the login and the hour alone, and on nobody’s
 * record. They come before the record is read, so each may have a code of its own. The first that applies is the answer.
 */
import type { ErrorCode, Role, Selection } from '@machikado/protocol';
import { kindFacts } from '../kinds/kind-facts.ts';
import type { KindSettings } from '../settings/settings-on.ts';

export interface TermsCase {
  readonly selection: Selection;
  readonly role: Role;
  /** As the municipality issues the kind on this day; nothing when it does not, or has no fee for it. */
  readonly offered: KindSettings | undefined;
  readonly feeYenPerCopy: number | undefined;
  /** 年度 on the menu of this day; none where the kind knows none. */
  readonly fiscalYears: readonly number[];
  /** Within the hours of center, municipality and kind, and not stopped by staff. */
  readonly open: boolean;
  /** After a mismatch. */
  readonly suspended: boolean;
}

export interface TermRule {
  readonly id: string;
  readonly condition: string;
  readonly applies: (t: TermsCase) => boolean;
  readonly code: Extract<ErrorCode, 'KIND_NOT_OFFERED' | 'SERVICE_CLOSED' | 'MUNICIPALITY_SUSPENDED' | 'FEE_CHANGED'>;
  readonly staffReason: string;
  readonly source: string;
}

const SETTING = '団体の設定';

export const termRules: readonly TermRule[] = [
  notOffered('kind-not-offered', {
    condition: 'the municipality does not issue this kind, or has no fee for it on this day',
    applies: ({ offered, feeYenPerCopy }) => offered === undefined || feeYenPerCopy === undefined,
    staffReason: '取扱いのない証明書',
  }),
  notOffered('role-not-offered', {
    condition: 'the kind is not for this role: who has only the 本籍 here gets 戸籍 and 附票 alone',
    applies: ({ selection, role }) => !kindFacts[selection.kind].roles.includes(role),
    staffReason: '本籍地の利用登録では交付できない証明書',
    source: '住民基本台帳法 第12条; 戸籍法 第10条',
  }),
  notOffered('scope-not-offered', {
    condition: '交付種別 not on the menu',
    applies: ({ selection, offered }) => offered !== undefined && !offered.scopes.includes(selection.scope),
    staffReason: '取扱いのない交付種別',
  }),
  notOffered('item-not-offered', {
    condition: '記載事項 not on the menu',
    applies: ({ selection, offered }) =>
      offered !== undefined && !selection.items.every((item) => offered.items.includes(item)),
    staffReason: '取扱いのない記載事項',
  }),
  notOffered('fiscal-year-not-offered', {
    condition: '年度 not on the menu of this day; before the switch of the municipality the newest one is last year’s',
    applies: ({ selection, fiscalYears }) =>
      kindFacts[selection.kind].hasFiscalYear
        ? !fiscalYears.some((year) => year === selection.fiscalYear)
        : selection.fiscalYear !== undefined,
    staffReason: '取扱いのない年度（年度切替の前を含む）',
    source: '賦課決定は例年6月（地方税法 第319条の2, 第321条の4）; 団体の設定',
  }),
  notOffered('too-many-copies', {
    condition: 'more copies than one order may have',
    applies: ({ selection, offered }) => offered !== undefined && selection.copies > offered.copiesMax,
    staffReason: '一度に交付できる部数を超える',
  }),
  {
    id: 'closed',
    condition: 'outside the hours and days of center, municipality or kind; closure; stopped by staff (取扱停止)',
    applies: ({ open }) => !open,
    code: 'SERVICE_CLOSED',
    staffReason: '利用時間外または停止中',
    source: '交付センターの利用時間; 団体の設定・職員の操作',
  },
  {
    id: 'suspended',
    condition: 'a mismatch was seen and staff have not released the kind',
    applies: ({ suspended }) => suspended,
    code: 'MUNICIPALITY_SUSPENDED',
    staffReason: '不一致の検知による取扱停止',
    source: '個人情報保護委員会の指導（誤交付）; 設計の原則',
  },
  {
    id: 'fee-changed',
    condition: 'the fee is not the one that the resident confirmed',
    applies: ({ selection, feeYenPerCopy }) =>
      feeYenPerCopy !== undefined && feeYenPerCopy * selection.copies !== selection.feeYen,
    code: 'FEE_CHANGED',
    staffReason: '確認した手数料と異なる',
    source: '団体の手数料条例',
  },
];

/** All that speaks against the order before anybody’s record is read, in the order of the table. */
export function termsAgainst(t: TermsCase): TermRule[] {
  return termRules.filter((rule) => rule.applies(t));
}

function notOffered(
  id: string,
  rule: Pick<TermRule, 'condition' | 'applies' | 'staffReason'> & { readonly source?: string },
): TermRule {
  return { id, code: 'KIND_NOT_OFFERED', source: SETTING, ...rule };
}
