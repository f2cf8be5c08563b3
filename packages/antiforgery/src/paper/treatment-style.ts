/** What is the same on all sheets that leave for one kiosk. */
import type { CopyWarningPreset } from './copy-warning.ts';

export interface TreatmentStyle {
  readonly copyWarning: CopyWarningPreset;
  /** Of the 問い合わせサイト, as it stands on the back in letters and as a code; nothing about the certificate is in it. */
  readonly inquiryUrl: string;
  /** Adds the image for engines that print black only. */
  readonly linePhase?: boolean;
}
