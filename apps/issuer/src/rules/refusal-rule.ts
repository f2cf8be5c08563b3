/** One row of the table of refusals: when, for which kinds, about whom, what the resident is told and what staff read. */
import type { CertificateKind, ErrorCode } from '@machikado/protocol';
import type { Case } from './case.ts';

/** Whose circumstances are looked at. */
export const whom = {
  applicant: '申請者',
  'applicant-and-selected': '申請者, 証明書に記載される者',
  around: '世帯の全員, 請求する戸籍・附票の全員',
  household: '世帯の全員',
  book: '請求する台帳・原票・戸籍',
  paper: '印字する文字',
} as const;
export type Whom = keyof typeof whom;

export interface RefusalRule {
  readonly id: string;
  readonly kinds: 'all' | readonly CertificateKind[];
  readonly whom: Whom;
  /** When it applies, for the reader of the table. */
  readonly condition: string;
  readonly applies: (c: Case) => boolean;
  readonly code: Extract<ErrorCode, 'USE_COUNTER' | 'RECORD_CHANGED'>;
  /** What staff read. */
  readonly staffReason: string;
  /** Where the rule comes from. */
  readonly source: string;
}
