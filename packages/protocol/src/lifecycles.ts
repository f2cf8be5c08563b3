/**
 * Lives of the things that cross a wire: each table lists the allowed moves and nothing else is allowed. Servers move a row
 * only by compare-and-set on the state they saw, so that two racers cannot both win. lifecycles.test.ts walks the tables.
 */
export const sessionMoves = {
  challenged: ['proven', 'burnt', 'expired'],
  proven: ['ended', 'expired'],
  burnt: [],
  ended: [],
  expired: [],
} as const satisfies Record<string, readonly string[]>;

export const orderMoves = {
  /** The kiosk asked; nothing is known yet. */
  requested: ['sealed', 'failed'],
  /** Copies are with the kiosk as ciphertext; the center holds its shares. */
  sealed: ['paid', 'cancelled'],
  /** Shares were released. Until the outcome comes, the money is suspense. */
  paid: ['settled'],
  settled: [],
  failed: [],
  cancelled: [],
} as const satisfies Record<string, readonly string[]>;

export const copyMoves = {
  sealed: ['released', 'void'],
  released: ['output', 'uncertain', 'not-output'],
  /** A whole copy came out: the only revenue there is. */
  output: [],
  /** It may have come out: the issue number is cancelled and the money goes back. */
  uncertain: [],
  'not-output': [],
  void: [],
} as const satisfies Record<string, readonly string[]>;

/** The issuer’s side of a copy: the life of an issue number (発行番号). Cancelled is terminal. */
export const issueNumberMoves = {
  issued: ['handed-over', 'cancelled'],
  'handed-over': [],
  cancelled: [],
} as const satisfies Record<string, readonly string[]>;

export type SessionState = keyof typeof sessionMoves;
export type OrderState = keyof typeof orderMoves;
export type CopyState = keyof typeof copyMoves;
export type IssueNumberState = keyof typeof issueNumberMoves;

export function mayMove<T extends Record<string, readonly string[]>>(moves: T, from: keyof T, to: keyof T): boolean {
  return (moves[from] as readonly PropertyKey[]).includes(to);
}
