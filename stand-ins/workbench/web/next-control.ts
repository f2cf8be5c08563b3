/** Where the guide points, for each stage; and to which of its five parts the stage belongs. */
import type { GuideStage } from '@machikado/ui';

export type Control =
  | 'power'
  | 'screen'
  | 'lay-card'
  | 'take-card'
  | 'coins'
  | 'take-paper'
  | 'take-coins'
  | 'tear-receipt'
  | 'desk'
  | 'repair';

interface GuideRow {
  readonly control?: Control;
  /** カード 0, 暗証番号 1, 証明書 2, 料金 3, 受け取り 4; 5: all done. Absent: as before. */
  readonly part?: number;
}

export const guideRows: Readonly<Record<GuideStage, GuideRow>> = {
  power: { control: 'power', part: 0 },
  starting: { part: 0 },
  attend: { control: 'repair' },
  begin: { control: 'screen', part: 0 },
  'lay-card': { control: 'lay-card', part: 0 },
  'one-card': { control: 'take-card', part: 0 },
  reading: { part: 0 },
  town: { control: 'screen', part: 1 },
  pin: { control: 'screen', part: 1 },
  'take-card': { control: 'take-card', part: 1 },
  choose: { control: 'screen', part: 2 },
  wait: {},
  pay: { control: 'coins', part: 3 },
  'pay-up': { control: 'screen', part: 3 },
  printing: { part: 4 },
  'take-paper': { control: 'take-paper', part: 4 },
  'say-taken': { control: 'screen', part: 4 },
  'take-coins': { control: 'take-coins' },
  'tear-receipt': { control: 'tear-receipt', part: 4 },
  stay: { control: 'screen' },
  ended: { control: 'screen' },
  done: { control: 'desk', part: 5 },
};
