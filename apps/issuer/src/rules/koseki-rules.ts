/** Refusals of the certificates of the 戸籍 and its 附票: only a current register is issued at a kiosk. */
import type { CertificateKind } from '@machikado/protocol';
import { registerOf } from './case.ts';
import type { RefusalRule } from './refusal-rule.ts';

const kinds = [
  'koseki-full',
  'koseki-individual',
  'koseki-address-history',
] as const satisfies readonly CertificateKind[];

export const kosekiRules: readonly RefusalRule[] = [
  {
    ...{ id: 'koseki-in-process', kinds, whom: 'book', condition: 'state = in-process' },
    applies: (c) => registerOf(c)?.state === 'in-process',
    code: 'USE_COUNTER',
    staffReason: '戸籍の届出処理中（編製・記載が終わっていない）',
    source: '戸籍法 第15条, 第118条; 団体の案内',
  },
  {
    ...{ id: 'koseki-closed', kinds, whom: 'book', condition: 'state = closed' },
    applies: (c) => registerOf(c)?.state === 'closed',
    code: 'USE_COUNTER',
    staffReason: '除籍または改製原戸籍（コンビニ交付の対象外）',
    source: '戸籍法 第12条, 第12条の2; 交付対象は現在戸籍のみ',
  },
];
