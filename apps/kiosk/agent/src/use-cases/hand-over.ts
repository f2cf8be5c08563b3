/**
 * 取り忘れ確認 ⑬ and 領収書発行 ⑭: goes on until the paper is taken, then the receipt. Nobody is known any more: it may take as long as it
 * takes. No personal data stands on the receipt.
 */
import { orderReferenceOf } from '@machikado/protocol';
import type { Ports } from '../ports.ts';
import type { Resident } from '../resident.ts';
import type { Settlement } from './settle-order.ts';

/** A tray without an eye holds paper when a sheet was ever fed. */
export async function handOver(
  { sheetsFed, changeYen }: { readonly sheetsFed: boolean; readonly changeYen: number },
  resident: Resident,
  { printer }: Ports,
): Promise<void> {
  const trayEmpty = () => printer.trayEmpty().catch(() => 'unknown' as const);
  const empty = await trayEmpty();
  // Whoever was quick with the paper may not have seen the change.
  const isSomethingLeft = empty === false || (sheetsFed && (empty === 'unknown' || changeYen > 0));
  if (isSomethingLeft) await resident.takePaper({ changeYen, trayEmpty });
}

/** false: no paper for it, and no money depends on the slip. */
export async function printReceipt(paid: Paid, ports: Ports): Promise<boolean> {
  try {
    await ports.receiptPrinter.print(receiptOf(paid, ports));
    return true;
  } catch {
    return false;
  }
}

export interface Paid {
  readonly orderId: string;
  readonly settlement: Settlement;
  /** Whose fee it is; not known any more after a restart. */
  readonly municipality?: string;
}

export const copiesOut = ({ copies }: Settlement) => copies.filter(({ outcome }) => outcome === 'output').length;

/** A sheet may be stuck: staff must look. */
export const isPaperInside = ({ copies }: Settlement) => copies.some(({ outcome }) => outcome === 'uncertain');

export function chargedFor(settlement: Settlement): { readonly charged?: { yen: number; copies: number } } {
  const { chargedYen } = settlement;
  return chargedYen > 0 ? { charged: { yen: chargedYen, copies: copiesOut(settlement) } } : {};
}

/** Nothing was received where nothing came out. */
function receiptOf({ orderId, settlement, municipality }: Paid, { kioskId, store, clock }: Ports): readonly string[] {
  const { chargedYen, owedYen } = settlement;
  const copies = copiesOut(settlement);
  const whose = municipality === undefined ? '' : `${municipality}　`;
  const isOwedAlone = chargedYen === 0 && owedYen > 0;
  const each = copies > 1 ? `${chargedYen / copies}円 × ${copies}通　` : `${copies}通　`;
  return [
    isOwedAlone ? '未返金のお知らせ' : '領収書',
    inJapan.format(clock.now()),
    ...(isOwedAlone ? [] : [`${whose}証明書交付手数料`, `${each}${chargedYen}円`]),
    ...(owedYen > 0 ? [`未返金　${owedYen}円　店舗の係員にお申し出ください`] : []),
    `照会番号　${orderReferenceOf(orderId)}`,
    ...(store === undefined ? [] : [store]),
    `端末　${kioskId}`,
  ];
}

const inJapan = new Intl.DateTimeFormat('ja-JP', { timeZone: 'Asia/Tokyo', dateStyle: 'long', timeStyle: 'short' });
