/** サービス利用手順 ①–⑭ (seed 4.1): one row per screen, in the order of use. */
import type { Text } from './languages.ts';

export const steps = {
  menu: { mark: '①', title: { ja: 'メニュー選択', en: 'Choose the service' } },
  card: { mark: '②', title: { ja: 'マイナンバーカードの読み取り', en: 'Lay down your My Number Card' } },
  municipality: { mark: '③', title: { ja: '証明書交付市区町村の選択', en: 'Choose the municipality' } },
  pin: { mark: '④', title: { ja: '暗証番号の入力', en: 'Enter your PIN' } },
  'card-away': { mark: '⑤', title: { ja: 'カード取り外し', en: 'Take your card' } },
  kind: { mark: '⑥', title: { ja: '証明書の種別選択', en: 'Choose the certificate' } },
  scope: { mark: '⑦', title: { ja: '交付種別入力', en: 'Choose who is listed' } },
  items: { mark: '⑧', title: { ja: '記載事項選択', en: 'Choose the items' } },
  copies: { mark: '⑨', title: { ja: '部数選択', en: 'Choose the number of copies' } },
  confirm: { mark: '⑩', title: { ja: '発行内容確認', en: 'Confirm' } },
  pay: { mark: '⑪', title: { ja: '料金支払い', en: 'Pay the fee' } },
  print: { mark: '⑫', title: { ja: '証明書印刷', en: 'Printing' } },
  'take-paper': { mark: '⑬', title: { ja: '取り忘れ確認', en: 'Take your certificates' } },
  receipt: { mark: '⑭', title: { ja: '領収書発行', en: 'Take your receipt' } },
} as const satisfies Record<string, { readonly mark: string; readonly title: Text }>;

export type Step = keyof typeof steps;
export const stepOrder = Object.keys(steps) as readonly Step[];
