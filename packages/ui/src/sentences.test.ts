import assert from 'node:assert/strict';
import { centerEndpoints, commonRefusals, errorCodes } from '@machikado/protocol';
import { describe, test } from 'vitest';
import { kioskFaults } from './kiosk-faults.ts';
import { languages } from './languages.ts';
import { sentenceFor, sentences } from './sentences.ts';
import { steps } from './steps.ts';

describe('sentences for residents', () => {
  test('every code that a kiosk can get has a sentence in every language', () => {
    const fromEndpoints = Object.values(centerEndpoints).flatMap(({ refusals }) => refusals);
    for (const code of [...fromEndpoints, ...commonRefusals, ...Object.keys(kioskFaults)])
      for (const language of languages) {
        const sentence = sentences[code as keyof typeof sentences]?.[language] ?? '';
        assert.ok(sentence.length > 5, `${code} in ${language}`);
      }
  });

  test('no sentence is left behind for a code that does not exist', () => {
    const known = new Set([...Object.keys(errorCodes), ...Object.keys(kioskFaults)]);
    assert.deepEqual(
      Object.keys(sentences).filter((code) => !known.has(code)),
      [],
    );
  });

  test('Japanese sentences are Japanese, English ones are not', () => {
    for (const { ja, en } of [...Object.values(sentences), ...Object.values(steps).map(({ title }) => title)]) {
      assert.match(ja, /[\u3040-\u30ff\u4e00-\u9fff]/);
      assert.doesNotMatch(en, /[\u3040-\u30ff\u4e00-\u9fff]/);
    }
  });

  test('none promises anything about the money: it may have been paid already', () => {
    for (const { ja, en } of Object.values(sentences)) {
      assert.doesNotMatch(ja, /いただいて|お返し/);
      assert.doesNotMatch(en, /charged|returned|refund/i);
    }
  });

  test('USE_COUNTER names no reason', () => {
    assert.doesNotMatch(sentenceFor('USE_COUNTER', 'ja'), /支援|制限|年齢|転出|死亡|理由|登録/);
    assert.doesNotMatch(sentenceFor('USE_COUNTER', 'en'), /protect|restrict|age\b|moved|reason|registered/i);
  });

  test('the steps are numbered ① to ⑭ in order', () => {
    assert.equal(
      Object.values(steps)
        .map(({ mark }) => mark)
        .join(''),
      '①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭',
    );
  });
});
