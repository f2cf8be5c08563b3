/**
 * 偽造・改ざん防止処理: every sheet gets けん制文字, and a back that holds its front, enciphered and signed, with what the center knows of this copy.
 * Clean copy, coded fronts and facts come as one value and leave as one document, so no back can end up behind another front.
 */
import { type SealedSheet, saltBytes, sealFront } from '@machikado/antiforgery';
import type { BindingRecord } from '@machikado/protocol';
import type { Order } from '../model.ts';
import type { Center, Deadline } from '../ports.ts';
import type { Kiosk } from '../settings.ts';
import type { ComparedCopy } from './compare-issued-order.ts';
import { refuseUntreated } from './refuse-untreated.ts';

export interface TreatedCopy {
  readonly copy: number;
  readonly binding: BindingRecord;
  readonly bindingDigest: string;
  /** As it will be printed: sheet n is pages 2n − 1 and 2n. */
  readonly pdf: Uint8Array;
}

export async function treatCopies(
  center: Center,
  order: Order,
  { copyWarning }: Kiosk,
  compared: readonly ComparedCopy[],
  { signal }: Deadline,
): Promise<TreatedCopy[]> {
  const style = { copyWarning, inquiryUrl: center.settings().inquiryUrl };
  try {
    return await Promise.all(
      compared.map(async ({ copy, binding, bindingDigest, clean, fronts }) => {
        const sheets = await Promise.all(fronts.map((_, i) => sealSheet(center, binding, fronts, i)));
        const pdf = await center.treatment.compose({ clean, sheets, style }, { signal });
        return { copy, binding, bindingDigest, pdf };
      }),
    );
  } catch (error) {
    return refuseUntreated(center, order, error);
  }
}

/** On this thread: no key enters a worker. */
async function sealSheet(
  { settings, random }: Center,
  { lgCode, issueNumber, orderReference, issuedAt, freeBoxes }: BindingRecord,
  fronts: ComparedCopy['fronts'],
  index: number,
): Promise<SealedSheet> {
  const coded = fronts[index] as ComparedCopy['fronts'][number];
  const sheet = index + 1;
  const facts = { lgCode, issueNumber, orderReference, sheet, of: fronts.length, issuedAt: new Date(issuedAt) };
  const sealed = await sealFront({ coded, facts, salt: random(saltBytes), keys: settings().keys.sheets });
  return { ...sealed, facts, freeBoxes: freeBoxes.filter(({ page }) => page === sheet) };
}
