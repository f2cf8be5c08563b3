/**
 * What a resident reads when something was refused: one sentence per code. USE_COUNTER stays neutral: the same words for every
 * reason, because the reason must not be seen by whoever stands behind the resident (支援措置). Codes that only an engineer can
 * do something about share one sentence. None says what became of the money: the same code may come before and after it was paid,
 * and the screen says that beside it.
 */
import type { ErrorCode } from '@machikado/protocol';
import type { KioskFaultCode } from './kiosk-faults.ts';
import type { Language, Text } from './languages.ts';

const outOfOrder: Text = {
  ja: 'ただいま処理ができません。しばらくしてからもう一度お試しください。',
  en: 'This cannot be done at the moment. Please try again later.',
};
const startAgain: Text = {
  ja: '時間が過ぎたため、最初からやり直してください。',
  en: 'The time has run out. Please start again.',
};
const municipalityBusy: Text = {
  ja: 'ただいま、この市区町村の証明書は発行できません。しばらくしてからもう一度お試しください。',
  en: 'This municipality cannot issue the certificate at the moment. Please try again later.',
};
const useCounter: Text = {
  ja: 'この証明書は、コンビニエンスストア等では交付できません。お手数ですが、市区町村の窓口をご利用ください。',
  en: 'This certificate cannot be issued here. Please use the counter of your municipal office.',
};
const cardNotProven: Text = {
  ja: 'カードによる本人確認ができませんでした。最初からやり直してください。',
  en: 'Your card could not be confirmed. Please start again.',
};

export const sentences: Readonly<Record<ErrorCode | KioskFaultCode, Text>> = {
  MALFORMED_REQUEST: outOfOrder,
  UNSUPPORTED_MEDIA_TYPE: outOfOrder,
  BODY_TOO_LARGE: outOfOrder,
  NO_SUCH_ENDPOINT: outOfOrder,
  PEER_NOT_ALLOWED: {
    ja: 'この端末では、ただいま証明書交付サービスをご利用いただけません。',
    en: 'The certificate service is not available at this terminal.',
  },
  IDEMPOTENCY_CONFLICT: outOfOrder,
  DEADLINE_PASSED: startAgain,
  TOO_BUSY: {
    ja: 'ただいま混み合っています。しばらくしてからもう一度お試しください。',
    en: 'The service is busy. Please try again in a while.',
  },
  INTERNAL: outOfOrder,

  SESSION_UNKNOWN: startAgain,
  SESSION_EXPIRED: startAgain,
  CHALLENGE_USED: startAgain,
  PROOF_REFUSED: cardNotProven,
  USER_CERT_EXPIRED: {
    ja: '利用者証明用電子証明書の有効期限が切れています。お住まいの市区町村の窓口で更新してください。',
    en: 'The electronic certificate on your card has expired. Please renew it at your municipal office.',
  },
  USER_CERT_REVOKED: {
    ja: '利用者証明用電子証明書が失効しています。お住まいの市区町村の窓口にお問い合わせください。',
    en: 'The electronic certificate on your card is no longer valid. Please ask at your municipal office.',
  },
  USER_CERT_UNKNOWN: {
    ja: 'カードの電子証明書を確認できません。お住まいの市区町村の窓口にお問い合わせください。',
    en: 'The electronic certificate on your card cannot be confirmed. Please ask at your municipal office.',
  },
  REVOCATION_STATUS_UNAVAILABLE: {
    ja: 'ただいまカードの有効性を確認できません。しばらくしてからもう一度お試しください。',
    en: 'The validity of your card cannot be checked at the moment. Please try again later.',
  },
  NOT_REGISTERED: {
    ja: 'このカードの利用登録を確認できません。',
    en: 'No registration for this service was found for your card.',
  },

  SERVICE_CLOSED: {
    ja: 'ただいまサービス提供時間外です。',
    en: 'The service is closed at this time.',
  },
  MUNICIPALITY_NOT_PARTICIPATING: {
    ja: '選択された市区町村の証明書は、このカードではお取りいただけません。',
    en: 'Certificates of the municipality you chose are not available with this card.',
  },
  MUNICIPALITY_UNAVAILABLE: municipalityBusy,
  MUNICIPALITY_SUSPENDED: municipalityBusy,
  BUILD_NOT_APPROVED: municipalityBusy,
  KIND_NOT_OFFERED: {
    ja: '選択された証明書は取り扱っていません。',
    en: 'The certificate you chose is not offered here.',
  },

  USE_COUNTER: useCounter,
  FEE_CHANGED: {
    ja: '手数料が変わりました。お手数ですが、最初からやり直してください。',
    en: 'The fee has changed. Please start again.',
  },
  ORDER_UNKNOWN: outOfOrder,
  ORDER_DEAD: startAgain,
  ORDER_ALREADY_PAID: outOfOrder,
  ORDER_NOT_PAID: outOfOrder,
  PAYMENT_SHORT: {
    ja: '料金が不足しています。',
    en: 'The amount inserted is not enough.',
  },
  OUTCOME_UNBALANCED: outOfOrder,

  REGISTRY_UNAVAILABLE: municipalityBusy,
  RECORD_CHANGED: {
    ja: '証明書の内容が更新されました。お手数ですが、最初からやり直してください。',
    en: 'The record has just been updated. Please start again.',
  },
  INSPECTION_FAILED: municipalityBusy,
  BINDING_MISMATCH: municipalityBusy,
  TREATMENT_REFUSED: useCounter,
  STATEMENT_REFUSED: outOfOrder,

  CARD_EXPIRED: {
    ja: 'このカードの電子証明書は有効期限が切れています。お住まいの市区町村の窓口で更新してください。',
    en: 'The electronic certificate on this card has expired. Please renew it at your municipal office.',
  },
  PIN_WRONG: {
    ja: '暗証番号が違います。続けて3回間違えると、このカードの暗証番号はロックされます。',
    en: 'This PIN is not right. After three wrong tries in a row the PIN of this card is locked.',
  },
  CARD_LOCKED: {
    ja: '暗証番号がロックされています。お住まいの市区町村の窓口で初期化してください。',
    en: 'The PIN of this card is locked. Please have it reset at your municipal office.',
  },
  CARD_NOT_RENEWED: {
    ja: 'このカードは継続利用の手続きが済んでいません。お住まいの市区町村の窓口で手続きしてください。',
    en: 'This card has not been renewed after a change. Please complete the procedure at your municipal office.',
  },
  CARD_DAMAGED: {
    ja: 'カードを読み取れません。カードを置き直すか、お住まいの市区町村の窓口にお問い合わせください。',
    en: 'The card cannot be read. Lay it down again, or ask at your municipal office.',
  },
  CARD_FOREIGN: {
    ja: '置かれたカードは、マイナンバーカードではありません。マイナンバーカードでもう一度お手続きください。',
    en: 'This is not a My Number Card. Please start again with your My Number Card.',
  },
  CARDS_SEVERAL: {
    ja: 'カードが2枚以上置かれたため、手続きを終了しました。マイナンバーカード1枚だけで、最初からやり直してください。',
    en: 'There was more than one card, and none was used. Please start again with your My Number Card only.',
  },
  CARD_REMOVED: {
    ja: 'カードが取り外されたため、手続きを終了しました。最初からやり直してください。',
    en: 'The card was taken away too early. Please start again.',
  },
  CENTER_UNREACHABLE: {
    ja: '証明書交付センターにつながりません。しばらくしてからもう一度お試しください。',
    en: 'The certificate center cannot be reached. Please try again later.',
  },
  KIOSK_NOT_READY: {
    ja: 'この端末はただいま準備中です。店舗の係員にお知らせください。',
    en: 'This terminal is not ready. Please tell the store staff.',
  },
  NO_CHANGE: {
    ja: 'おつりが不足しています。ちょうどの金額をお使いください。',
    en: 'There is not enough change. Please pay the exact amount.',
  },
  COIN_UNIT_FAULT: {
    ja: '料金の取り扱いができません。店舗の係員にお知らせください。',
    en: 'Money cannot be handled. Please tell the store staff.',
  },
  PRINTER_FAULT: {
    ja: '印刷できませんでした。店舗の係員にお知らせください。',
    en: 'Something could not be printed. Please tell the store staff.',
  },
};

export function sentenceFor(code: ErrorCode | KioskFaultCode, language: Language): string {
  return sentences[code][language];
}
