/** 記載事項 that are asked about once more before they are printed, with the reason: 番号法 lets few receivers take a 個人番号. */
import type { RecordItem } from '@machikado/protocol';

export const cautionedItems = ['my-number'] as const satisfies readonly RecordItem[];
export type CautionedItem = (typeof cautionedItems)[number];

export function isCautioned(item: RecordItem): item is CautionedItem {
  return (cautionedItems as readonly RecordItem[]).includes(item);
}
