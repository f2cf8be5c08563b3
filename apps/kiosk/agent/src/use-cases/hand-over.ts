/** 取り忘れ確認 ⑬ and 領収書発行 ⑭: goes on until the tray is empty, then the receipt. No personal data stands on it. */
import { orderReferenceOf } from '@machikado/protocol';
import type { Ports } from '../ports.ts';
import type { Resident } from '../resident.ts';
import type { Settlement } from './settle-order.ts';

export async function handOver(resident: Resident, { printer }: Ports): Promise<void> {
  while (!(await printer.trayEmpty())) await resident.takePaper();
}

export async function giveReceipt(orderId: string, paid: Settlement, resident: Resident, ports: Ports): Promise<void> {
  if (paid.chargedYen + paid.owedYen === 0) return;
  await resident.show('receipt');
  try {
    await ports.receiptPrinter.print(receiptOf(orderId, paid, ports.kioskId));
  } catch {
    // Receipt paper out: the reference is on the screen, and no money depends on the slip.
  }
}

function receiptOf(orderId: string, { copies, chargedYen, owedYen }: Settlement, kioskId: string): readonly string[] {
  const output = copies.filter(({ outcome }) => outcome === 'output').length;
  return [
    '領収書',
    `証明書交付手数料　${chargedYen}円（${output}通）`,
    ...(owedYen > 0 ? [`未返金　${owedYen}円　店舗の係員にお申し出ください`] : []),
    `照会番号　${orderReferenceOf(orderId)}`,
    `端末　${kioskId}`,
  ];
}
