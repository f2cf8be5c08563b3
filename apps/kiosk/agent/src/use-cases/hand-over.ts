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
export async function printReceipt(orderId: string, paid: Settlement, ports: Ports): Promise<boolean> {
  try {
    await ports.receiptPrinter.print(receiptOf(orderId, paid, ports.kioskId));
    return true;
  } catch {
    return false;
  }
}

export const copiesOut = ({ copies }: Settlement) => copies.filter(({ outcome }) => outcome === 'output').length;

function receiptOf(orderId: string, paid: Settlement, kioskId: string): readonly string[] {
  const { chargedYen, owedYen } = paid;
  return [
    '領収書',
    `証明書交付手数料　${chargedYen}円（${copiesOut(paid)}通）`,
    ...(owedYen > 0 ? [`未返金　${owedYen}円　店舗の係員にお申し出ください`] : []),
    `照会番号　${orderReferenceOf(orderId)}`,
    `端末　${kioskId}`,
  ];
}
