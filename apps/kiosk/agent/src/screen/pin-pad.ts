/**
 * 暗証番号の入力 ④: the digits arrive one by one and lie in one buffer, which is zeroed on 訂正 and whenever the question ends without
 * them. The fourth digit of the last try counts only after the resident agreed to spend it.
 */
const DIGITS = 4;

export interface PinPad {
  readonly digits: number;
  /** false: this digit does not count. The pin once it is whole; whoever takes it zeroes it. */
  press(digit: string): boolean;
  clear(): void;
  /** 最後の一回: false when it is not the last. */
  agree(): boolean;
  take(): Uint8Array | undefined;
}

export function createPinPad(triesLeft: number): PinPad {
  let pin = new Uint8Array(DIGITS);
  let digits = 0;
  let agreed = triesLeft > 1;
  return {
    get digits() {
      return digits;
    },
    press(digit) {
      if (digits === DIGITS || (digits === DIGITS - 1 && !agreed)) return false;
      pin[digits] = digit.charCodeAt(0);
      digits += 1;
      return true;
    },
    clear() {
      pin.fill(0);
      digits = 0;
    },
    agree() {
      if (triesLeft > 1) return false;
      agreed = true;
      return true;
    },
    take() {
      if (digits < DIGITS) return undefined;
      const whole = pin;
      pin = new Uint8Array(DIGITS);
      digits = 0;
      return whole;
    },
  };
}
