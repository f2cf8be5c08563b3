/**
 * EF 0006, トークン情報: 160 bytes in the layout of PKCS #11 CK_TOKEN_INFO. Its label tells on which medium the JPKI
 * application runs: the card, or the phone that carries a copy of its own (スマホ用電子証明書).
 */
export const media = ['card', 'android', 'iphone'] as const;
export type Medium = (typeof media)[number];

const labels: Readonly<Record<Medium, string>> = {
  card: 'JPKIAPICCTOKEN2',
  android: 'JPKIAPGPSETOKEN',
  iphone: 'JPKIAPIOSTOKEN',
};
const LENGTH = 160;
const LABEL_LENGTH = 32;
const FLAGS_AT = 96;
const LONGEST_PIN_AT = 116;
const SHORTEST_PIN_AT = 120;
const VERSIONS_AT = 140;
/** CKF_LOGIN_REQUIRED, CKF_USER_PIN_INITIALIZED, CKF_TOKEN_INITIALIZED. */
const FLAGS = 0x40c;

export interface TokenInfo {
  readonly label: string;
  /** Undefined when the label is of a medium that is not known here yet. */
  readonly medium: Medium | undefined;
}

export function encodeTokenInfo(medium: Medium): Uint8Array {
  const bytes = Buffer.alloc(LENGTH, ' ');
  bytes.write(labels[medium], 0, 'latin1');
  bytes.write('JPKI-TEST', LABEL_LENGTH, 'latin1');
  bytes.fill(0, FLAGS_AT, VERSIONS_AT + 4);
  bytes.writeUInt32BE(FLAGS, FLAGS_AT);
  bytes.writeUInt32BE(16, LONGEST_PIN_AT);
  bytes.writeUInt32BE(4, SHORTEST_PIN_AT);
  return new Uint8Array(bytes);
}

export function decodeTokenInfo(bytes: Uint8Array): TokenInfo {
  const label = Buffer.from(bytes.subarray(0, LABEL_LENGTH))
    .toString('latin1')
    .replace(/[ \0]+$/, '');
  return { label, medium: media.find((medium) => labels[medium] === label) };
}
