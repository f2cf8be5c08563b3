/** Every document of the gallery. */
import type { GalleryCase } from './gallery-case.ts';
import { cases as addressHistories } from './koseki-address-history.ts';
import { cases as residentRecords } from './resident-record.ts';
import { cases as recordItems } from './resident-record-items.ts';
import { cases as sealRegistrations } from './seal-registration.ts';

export type { GalleryCase } from './gallery-case.ts';

export const galleryCases: readonly GalleryCase[] = [
  ...residentRecords,
  ...recordItems,
  ...sealRegistrations,
  ...addressHistories,
];
