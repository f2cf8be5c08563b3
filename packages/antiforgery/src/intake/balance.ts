/** What is begun in a content stream ends in it (ISO 32000-1 sections 8.4.2, 9.4.1 and 14.6). */
import { intakeLimits } from './intake-limits.ts';
import { IntakeRefusal } from './intake-refusal.ts';
import type { Operator } from './operators.ts';

export class Balance {
  #saved = 0;
  #marked = 0;
  #inText = false;

  see(operator: Operator): void {
    switch (operator) {
      case 'q':
        this.#saved += 1;
        break;
      case 'Q':
        this.#saved -= 1;
        break;
      case 'BMC':
      case 'BDC':
        this.#marked += 1;
        break;
      case 'EMC':
        this.#marked -= 1;
        break;
      case 'BT':
      case 'ET':
        if (this.#inText === (operator === 'BT')) throw new IntakeRefusal('BROKEN', 'text in text');
        this.#inText = operator === 'BT';
        break;
      default:
        return;
    }
    if (this.#saved < 0 || this.#marked < 0) throw new IntakeRefusal('BROKEN', 'an end of what was not begun');
    if (this.#saved > intakeLimits.savedStatesMax || this.#marked > intakeLimits.savedStatesMax)
      throw new IntakeRefusal('TOO_COMPLEX', 'states saved without end');
  }

  finish(): void {
    if (this.#saved !== 0 || this.#marked !== 0 || this.#inText)
      throw new IntakeRefusal('BROKEN', 'a beginning without an end');
  }
}
