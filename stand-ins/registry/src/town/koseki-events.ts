/**
 * 戸籍事項 and 身分事項 in the wording and with the line labels of a computerised 戸籍 (戸籍法施行規則付録第24号 and its examples). Dates are 和暦 with
 * full-width digits.
 */
import { formatLedgerDate } from '@machikado/domain';
import type { Koseki, LedgerDate, RegistryPerson } from '@machikado/protocol';
import { fullWidth } from './places.ts';

export type KosekiEvent = Koseki['events'][number];

/** 「平成４年１月１０日」, 「昭和１０年月日不詳」. */
export function kosekiDate(date: LedgerDate): string {
  return fullWidth(formatLedgerDate(date).replaceAll(' ', ''));
}

type Line = readonly [label: string, value: string | LedgerDate | undefined];

function event(title: string, lines: readonly Line[]): KosekiEvent {
  return {
    title,
    items: lines.flatMap(([label, value]) =>
      value === undefined
        ? []
        : [{ label: `【${label}】`, value: typeof value === 'string' ? value : kosekiDate(value) }],
    ),
  };
}

export const kosekiEvents = {
  formed: (on: LedgerDate) => event('戸籍編製', [['編製日', on]]),
  /** Computerised: what had no force any more was left behind in the 改製原戸籍. */
  rebuilt: (on: LedgerDate) =>
    event('戸籍改製', [
      ['改製日', on],
      ['改製事由', '平成６年法務省令第５１号附則第２条第１項による改製'],
    ]),
  transferred: (on: LedgerDate, from: string) =>
    event('転籍', [
      ['転籍日', on],
      ['従前本籍', from],
    ]),
  surnameKana: (on: LedgerDate, by: string) =>
    event('氏の振り仮名の記載', [
      ['届出日', on],
      ['届出人', by],
    ]),
  nameKana: (on: LedgerDate, by: string) =>
    event('名の振り仮名の記載', [
      ['届出日', on],
      ['届出人', by],
    ]),

  born: (on: LedgerDate, place: string, notified: { on: LedgerDate; by: string } | undefined) =>
    event('出生', [
      ['出生日', on],
      ['出生地', place],
      ['届出日', notified?.on],
      ['届出人', notified?.by],
    ]),
  married: (on: LedgerDate, spouse: string, from: string) =>
    event('婚姻', [
      ['婚姻日', on],
      ['配偶者氏名', spouse],
      ['従前戸籍', from],
    ]),
  marriedForeigner: (on: LedgerDate, spouse: Pick<RegistryPerson, 'name' | 'foreign' | 'birth'>, from: string) =>
    event('婚姻', [
      ['婚姻日', on],
      ['配偶者氏名', spouse.name],
      ['配偶者の国籍', spouse.foreign?.nationality],
      ['配偶者の生年月日', `西暦${fullWidth(formatLedgerDate(spouse.birth, 'western').replaceAll(' ', ''))}`],
      ['従前戸籍', from],
    ]),
  /** Of the child who leaves the 戸籍 of the parents. */
  marriedAway: (on: LedgerDate, spouse: string, newDomicile: string, surnameOf: '夫' | '妻') =>
    event('婚姻', [
      ['婚姻日', on],
      ['配偶者氏名', spouse],
      ['新本籍', newDomicile],
      ['称する氏', `${surnameOf}の氏`],
    ]),
  /** `newDomicile`: of who leaves the 戸籍 by it. */
  divorced: (on: LedgerDate, spouse: string, newDomicile?: string) =>
    event('離婚', [
      ['離婚日', on],
      ['配偶者氏名', spouse],
      ['新本籍', newDomicile],
    ]),
  widowed: (on: LedgerDate) => event('配偶者の死亡', [['配偶者の死亡日', on]]),
  adopted: (on: LedgerDate, father: string, mother: string, from: string) =>
    event('養子縁組', [
      ['縁組日', on],
      ['養父氏名', father],
      ['養母氏名', mother],
      ['代諾者', '親権者父母'],
      ['従前戸籍', from],
    ]),
  adopting: (on: LedgerDate, together: '夫' | '妻', child: string) =>
    event('養子縁組', [
      ['縁組日', on],
      ['共同縁組者', together],
      ['養子氏名', child],
    ]),
  entered: (on: LedgerDate, reason: string, from: string) =>
    event('入籍', [
      ['届出日', on],
      ['入籍事由', reason],
      ['従前戸籍', from],
    ]),
  enteredElsewhere: (on: LedgerDate, reason: string, domicile: string) =>
    event('入籍', [
      ['届出日', on],
      ['除籍事由', reason],
      ['入籍戸籍', domicile],
    ]),
  separated: (on: LedgerDate, from: string) =>
    event('分籍', [
      ['分籍日', on],
      ['従前戸籍', from],
    ]),
  died: (on: LedgerDate, time: string, place: string, notified: { on: LedgerDate; by: string }) =>
    event('死亡', [
      ['死亡日', on],
      ['死亡時分', time],
      ['死亡地', place],
      ['届出日', notified.on],
      ['届出人', notified.by],
    ]),
} as const;
