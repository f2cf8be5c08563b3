/**
 * Why a certificate is not issued at a kiosk, one row a reason. Every row is asked of the same snapshot that is printed, none
 * is skipped because another one applied, and outwardly all personal reasons are one code: who is protected by 支援措置 must not
 * differ from who has a rare letter in the name, neither by the answer nor by the work done for it.
 * The reason itself stands in the municipality’s own record and nowhere else. What depends on nobody’s record is in `term-rules.ts`.
 */
import type { CertificateKind } from '@machikado/protocol';
import type { Case } from './case.ts';
import { kosekiRules } from './koseki-rules.ts';
import { paperRules } from './paper-rules.ts';
import { personRules } from './person-rules.ts';
import type { RefusalRule } from './refusal-rule.ts';
import { sealRules } from './seal-rules.ts';
import { taxRules } from './tax-rules.ts';

export const refusalRules: readonly RefusalRule[] = [
  ...personRules,
  ...sealRules,
  ...taxRules,
  ...kosekiRules,
  ...paperRules,
];

/** Every reason that applies, in the order of the table. All rows are asked, always. */
export function reasonsAgainst(c: Case): RefusalRule[] {
  const asked = refusalRules.map((rule) => ({ rule, applies: rule.applies(c) }));
  return asked.flatMap(({ rule, applies }) => (applies && concerns(rule, c.kind) ? [rule] : []));
}

export function concerns({ kinds }: Pick<RefusalRule, 'kinds'>, kind: CertificateKind): boolean {
  return kinds === 'all' || kinds.includes(kind);
}
