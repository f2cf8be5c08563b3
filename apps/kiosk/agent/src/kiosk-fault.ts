/** Why a use ended early, other than by a refusal of the center. */
import type { KioskFaultCode } from '@machikado/ui';

export class KioskFault extends Error {
  override readonly name = 'KioskFault';
  readonly code: KioskFaultCode;

  constructor(code: KioskFaultCode, options?: ErrorOptions) {
    super(code, options);
    this.code = code;
  }
}

/** 中止: the resident pressed cancel, or walked away. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled';
  readonly by: 'resident' | 'timeout';

  constructor(by: 'resident' | 'timeout' = 'resident') {
    super(by);
    this.by = by;
  }
}
