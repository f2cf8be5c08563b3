/** A device could not do what it was asked; the reason is one a staff member can act on. */
export type DeviceFaultReason = 'jam' | 'no-change' | 'not-enabled' | 'claimed' | 'power' | 'unknown-job' | 'paper-out';

export class DeviceFault extends Error {
  override readonly name = 'DeviceFault';
  readonly reason: DeviceFaultReason;

  constructor(reason: DeviceFaultReason) {
    super(reason);
    this.reason = reason;
  }
}
