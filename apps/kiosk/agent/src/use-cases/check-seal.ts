/**
 * Compares the seal manifest (封印目録) with what the kiosk asked for, before any money is asked: it must be about this order,
 * this session, this kiosk, this selection, and about exactly these ciphertexts.
 */
import { digestOf, fromBase64, readSealManifest, selectionDigest } from '@machikado/pki';
import {
  type NameBox,
  orderReferenceOf,
  refuse,
  type SealedOrder,
  type SealManifest,
  type Selection,
} from '@machikado/protocol';
import type { Ports } from '../ports.ts';
import type { UseMemory } from '../use-memory.ts';

export interface SealedCopies {
  readonly feeYen: number;
  readonly copies: readonly {
    readonly copy: number;
    readonly feeYen: number;
    readonly pdfDigest: string;
    readonly nameBoxes: readonly NameBox[];
    readonly sheets: number;
    readonly ciphertext: Uint8Array;
    readonly kioskShare: Uint8Array;
  }[];
}

export interface Asked {
  readonly orderId: string;
  readonly sessionId: string;
  readonly lgCode: string;
  readonly centerId: string;
  readonly selection: Selection;
}

export async function checkSeal(
  sealed: SealedOrder,
  asked: Asked,
  memory: UseMemory,
  { sealKeys, kioskId }: Pick<Ports, 'sealKeys' | 'kioskId'>,
): Promise<SealedCopies> {
  const manifest = await readSealManifest(sealed.manifest, sealKeys);
  const { orderId, sessionId, lgCode, centerId, selection } = asked;
  mustEqual('answered order', sealed.orderId, orderId);
  mustEqual('order', manifest.orderId, orderId);
  mustEqual('order reference', manifest.orderReference, orderReferenceOf(orderId));
  mustEqual('session', manifest.sessionId, sessionId);
  mustEqual('center', manifest.centerId, centerId);
  mustEqual('kiosk', manifest.kioskId, kioskId);
  mustEqual('municipality', manifest.lgCode, lgCode);
  mustEqual('kind', manifest.kind, selection.kind);
  mustEqual('selection', manifest.selectionDigest, selectionDigest(orderId, selection));
  mustEqual('fee', manifest.feeYen, selection.feeYen);
  mustEqual('number of copies', manifest.copies.length, selection.copies);
  mustEqual('number of sealed copies', sealed.copies.length, selection.copies);
  mustEqual(
    'sum of fees',
    manifest.copies.reduce((sum, { feeYen }) => sum + feeYen, 0),
    selection.feeYen,
  );
  return {
    feeYen: manifest.feeYen,
    copies: manifest.copies.map(({ copy, feeYen, pdfDigest, ciphertextDigest, nameBoxes }, i) => {
      mustEqual('copy', copy, i + 1);
      const bytes = sealed.copies.find((one) => one.copy === copy) ?? refuse('BINDING_MISMATCH', 'a copy is missing');
      const ciphertext = memory.keep(bytesOf(bytes.ciphertext));
      mustEqual('ciphertext', digestOf(ciphertext), ciphertextDigest);
      const kioskShare = memory.keep(bytesOf(bytes.kioskShare));
      return { copy, feeYen, pdfDigest, nameBoxes, sheets: sheetsOf(copy, manifest), ciphertext, kioskShare };
    }),
  };
}

/** Sheets 1 to n of n, none missing, none twice. */
function sheetsOf(copy: number, { sheets }: SealManifest): number {
  const own = sheets.filter((sheet) => sheet.copy === copy);
  own.forEach((sheet, i) => {
    mustEqual('sheet', sheet.sheet, i + 1);
    mustEqual('number of sheets', sheet.of, own.length);
  });
  if (own.length === 0) refuse('BINDING_MISMATCH', 'a copy without sheets');
  return own.length;
}

function bytesOf(base64: string): Uint8Array {
  try {
    return fromBase64(base64);
  } catch (cause) {
    return refuse('BINDING_MISMATCH', 'sealed copy is not canonical base64', { cause });
  }
}

function mustEqual(what: string, found: string | number, expected: string | number): void {
  if (found !== expected) refuse('BINDING_MISMATCH', `seal manifest: ${what} is another`);
}
