/** 音声案内: the lines that the kiosk speaks, by a key that stays when the words change. Those of 取り忘れ go on until something is taken. */
export const voicePhrases = [
  'welcome',
  'lay-down-card',
  'one-card-only',
  'choose-municipality',
  'enter-pin',
  'wrong-pin',
  'take-card',
  'choose',
  'please-wait',
  'insert-money',
  'printing',
  'call-staff',
  'take-paper',
  'take-change',
  'take-money',
  'take-receipt',
  'more-time',
  'ended-early',
  'thank-you',
] as const;
export type VoicePhrase = (typeof voicePhrases)[number];
