/** 印鑑登録原票 of one registration: what the protocol tells of it, whose it is, and how its imprint is drawn. */
import type { SealRegistration } from '@machikado/protocol';
import type { SealDesign } from '../imprint/draw-imprint.ts';

export interface SealEntry extends Omit<SealRegistration, 'imprint'> {
  readonly residentId: string;
  readonly design: SealDesign;
}
