/** The engine that reads real paper: @machikado/antiforgery, with the site’s opening keys. */
import { createPublicKey } from 'node:crypto';
import { compareFronts, decodeSheet, openSheet, readBack, type SoftSheet } from '@machikado/antiforgery';
import type { Engine, SeenBack } from './engine.ts';

/** Bytes and texts only: they go to another process. */
export interface EngineKeys {
  readonly masters: readonly { readonly id: number; readonly key: Uint8Array }[];
  readonly signers: readonly { readonly id: number; readonly pem: string }[];
}

export function openEngine({ masters, signers }: EngineKeys): Engine {
  const keys = {
    masters: new Map(masters.map(({ id, key }) => [id, key])),
    signers: new Map(signers.map(({ id, pem }) => [id, createPublicKey(pem)])),
  };
  return {
    seeBack(photo, corners) {
      const taps = corners?.map(([x, y]) => ({ x: x * photo.width, y: y * photo.height }));
      const [a, b, c, d] = taps ?? [];
      const seen = readBack(photo, a && b && c && d ? { corners: [a, b, c, d] } : {});
      return 'refused' in seen ? { refused: seen.refused, cornersFound: seen.found } : { seen };
    },
    openBack(photos) {
      const decoded = decodeSheet(photos.map(({ seen }: SeenBack) => seen as SoftSheet));
      if ('refused' in decoded) return decoded;
      const { header, ciphertext } = decoded;
      const opened = openSheet({ header, ciphertext, keys });
      if ('refused' in opened) return opened;
      const { facts, keyIds, dpi, picture } = opened;
      // The header tells seconds; so does an instant of the protocol.
      const issuedAt = facts.issuedAt.toISOString().replace('.000Z', 'Z');
      return { facts: { ...facts, issuedAt }, keys: keyIds, picture: { ...picture, dpi } };
    },
    compare(sealed, front) {
      const { verdict, share, differences, doubt, straightened } = compareFronts({ sealed, front });
      return {
        // What is not wholly compared must not be called so.
        ...{ verdict, comparedPercent: Math.floor(share * 100), differences },
        ...(doubt && { doubt }),
        ...(straightened && { front: straightened }),
      };
    },
  };
}
