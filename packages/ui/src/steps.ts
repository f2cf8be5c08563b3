/** サービス利用手順 ①–⑭ (seed 4.1): one per screen, in the order of use. */

export const stepMarks = {
  menu: '①',
  card: '②',
  municipality: '③',
  pin: '④',
  'card-away': '⑤',
  kind: '⑥',
  scope: '⑦',
  items: '⑧',
  copies: '⑨',
  confirm: '⑩',
  pay: '⑪',
  print: '⑫',
  'take-paper': '⑬',
  receipt: '⑭',
} as const;

export type Step = keyof typeof stepMarks;
export const stepOrder = Object.keys(stepMarks) as readonly Step[];
