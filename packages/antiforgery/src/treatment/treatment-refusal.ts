/** Why a document leaves the treatment untreated, and so is not printed. */
import { intakeRefusals } from '../intake/intake-refusal.ts';

export const treatmentRefusals = {
  ...intakeRefusals,
  TOO_DENSE: 'More ink than the scrambled image can hold, even at the coarsest resolution.',
  TOO_SLOW: 'Not done in the time that a sheet may take.',
  CRASHED: 'The worker ended.',
} as const;
export type TreatmentRefusalCode = keyof typeof treatmentRefusals;

export class TreatmentRefusal extends Error {
  override readonly name = 'TreatmentRefusal';
  readonly code: TreatmentRefusalCode;

  constructor(code: TreatmentRefusalCode, options?: ErrorOptions) {
    super(code, options);
    this.code = code;
  }
}
