import assert from 'node:assert/strict';
import { centerEndpoints, commonRefusals, errorCodes } from '@machikado/protocol';
import { describe, test } from 'vitest';
import { kioskFaults } from './kiosk-faults.ts';
import { type Language, languages } from './languages.ts';
import { nextStepAfter } from './next-steps.ts';
import { sentenceFor } from './sentences.ts';
import { stepMarks } from './steps.ts';
import { catalogues } from './texts/index.ts';

/** What may not stand in a sentence, by language. */
const money: Readonly<Record<Language, RegExp>> = {
  ja: /いただいて|お返し/,
  en: /charged|returned|refund/i,
  ko: /청구|반환|환불|돌려/,
  'zh-Hans': /收取|退还|退款|退回/,
  'zh-Hant': /收取|退還|退款|退回/,
  es: /cobrad|devuelt|reembols|devolv/i,
  pt: /cobrad|devolvid|reembols|devolv/i,
};
const reasons: Readonly<Record<Language, RegExp>> = {
  ja: /支援|制限|年齢|転出|死亡|理由|登録/,
  en: /protect|restrict|age\b|moved|reason|registered/i,
  ko: /지원|보호|제한|나이|연령|전출|사망|이유|등록/,
  'zh-Hans': /支援|保护|限制|年龄|迁出|死亡|理由|原因|登记/,
  'zh-Hant': /支援|保護|限制|年齡|遷出|死亡|理由|原因|登記/,
  es: /protec|restric|edad\b|mudad|mudanza|motivo|razón|registrad/i,
  pt: /prote[gç]|restri|idade\b|mudou|mudança|motivo|razão|registrad/i,
};

describe('sentences for residents', () => {
  const known = [...Object.keys(errorCodes), ...Object.keys(kioskFaults)];

  test('every code that a kiosk can get has a sentence of its own or a shared one, the same in every language', () => {
    const fromEndpoints = Object.values(centerEndpoints).flatMap(({ refusals }) => refusals);
    const codes = [...new Set([...fromEndpoints, ...commonRefusals, ...Object.keys(kioskFaults)])];
    const alike = (language: Language) =>
      codes.map((code) => codes.findIndex((other) => sentenceFor(other, language) === sentenceFor(code, language)));
    for (const language of languages) {
      for (const code of codes) assert.ok(sentenceFor(code, language).length > 5, `${code} in ${language}`);
      assert.deepEqual(alike(language), alike('ja'), language);
    }
  });

  test('no sentence is left behind for a code that does not exist', () => {
    const names = Object.keys(catalogues.ja.sentences).filter((name) => /^[A-Z_]+$/.test(name));
    assert.deepEqual(
      names.filter((code) => !known.includes(code)),
      [],
    );
  });

  test('a code that nobody knows has the words of one about which nothing can be done', () => {
    assert.equal(sentenceFor('SOMETHING_NEW', 'ja'), sentenceFor('INTERNAL', 'ja'));
  });

  test('a municipality that takes too long is no fault of whoever stands there', () => {
    for (const language of languages) {
      assert.equal(sentenceFor('DEADLINE_PASSED', language), sentenceFor('INTERNAL', language));
      assert.notEqual(sentenceFor('DEADLINE_PASSED', language), sentenceFor('SESSION_EXPIRED', language));
    }
    assert.equal(nextStepAfter('DEADLINE_PASSED'), 'later');
  });

  test.each(languages)('none promises anything about the money, which may have been paid already: %s', (language) => {
    for (const sentence of Object.values(catalogues[language].sentences))
      assert.doesNotMatch(sentence, money[language]);
  });

  test.each(languages)('USE_COUNTER names no reason: %s', (language) => {
    assert.doesNotMatch(sentenceFor('USE_COUNTER', language), reasons[language]);
  });

  test('the steps are numbered ① to ⑭ in order', () => {
    assert.equal(Object.values(stepMarks).join(''), '①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭');
  });
});
