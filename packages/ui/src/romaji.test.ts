import assert from 'node:assert/strict';
import { test } from 'vitest';
import { prefectureInLatin } from './prefecture-names.ts';
import { romajiOf, romajiOfPlace } from './romaji.ts';

test('places are read as on road signs', () => {
  for (const [name, nameKana, latin] of [
    ['夕凪市', 'ゆうなぎし', 'Yunagi-shi'],
    ['霧笛町', 'むてきちょう', 'Muteki-cho'],
    ['札幌市', 'さっぽろし', 'Sapporo-shi'],
    ['京都市', 'きょうとし', 'Kyoto-shi'],
    ['新発田市', 'しばたし', 'Shibata-shi'],
    ['南相馬市', 'みなみそうまし', 'Minamisoma-shi'],
    ['檜原村', 'ひのはらむら', 'Hinohara-mura'],
    ['港区', 'みなとく', 'Minato-ku'],
    ['八丈町', 'はちじょうまち', 'Hachijo-machi'],
    ['ニセコ町', 'にせこちょう', 'Niseko-cho'],
  ])
    assert.equal(romajiOfPlace({ name: name ?? '', nameKana: nameKana ?? '' }), latin);
});

test('doubled, small and foreign kana', () => {
  assert.equal(romajiOf('まっちゃ'), 'matcha');
  assert.equal(romajiOf('なんば'), 'namba');
  assert.equal(romajiOf('ニセコ'), 'niseko');
});

test('prefectures by code', () => {
  assert.deepEqual(['011002', '131016', '473822'].map(prefectureInLatin), ['Hokkaido', 'Tokyo', 'Okinawa']);
});
