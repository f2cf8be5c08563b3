/** Refusals of the 印鑑登録証明書: there is an active registration, or nothing is issued. */
import type { SealRegistration } from '@machikado/protocol';
import type { RefusalRule } from './refusal-rule.ts';

const SOURCE = '印鑑登録証明事務処理要領; 団体の印鑑条例';

export const sealRules: readonly RefusalRule[] = [
  {
    id: 'seal-none',
    kinds: ['seal-registration'],
    whom: 'book',
    condition: 'no 印鑑登録',
    applies: ({ record }) => !record.seal,
    code: 'USE_COUNTER',
    staffReason: '印鑑登録なし',
    source: SOURCE,
  },
  notActive('suspended', '印鑑登録が一時停止中'),
  notActive('cancelled', '印鑑登録が廃止済（廃印は戻らない）'),
];

function notActive(state: Exclude<SealRegistration['state'], 'active'>, staffReason: string): RefusalRule {
  return {
    ...{ id: `seal-${state}`, kinds: ['seal-registration'], whom: 'book', condition: `state = ${state}` },
    applies: ({ record }) => record.seal?.state === state,
    ...{ code: 'USE_COUNTER', staffReason, source: SOURCE },
  };
}
