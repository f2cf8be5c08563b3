/**
 * Every word that a person or place of an invented town is named with. The surnames mean “sample”, “rehearsal”, “fiction”…: nobody
 * bears them, and whoever finds one on paper sees that it is a test. Readings are 振り仮名.
 */
export type Word = readonly [letters: string, reading: string];

export const surnames: readonly Word[] = [
  ['試験', 'しけん'],
  ['架空', 'かくう'],
  ['見本', 'みほん'],
  ['仮名', 'かめい'],
  ['例示', 'れいじ'],
  ['仮想', 'かそう'],
  ['模擬', 'もぎ'],
  ['標本', 'ひょうほん'],
  ['雛形', 'ひながた'],
  ['試作', 'しさく'],
  ['空想', 'くうそう'],
  ['無名', 'むめい'],
  ['匿名', 'とくめい'],
  ['仮設', 'かせつ'],
  ['想定', 'そうてい'],
  ['練習', 'れんしゅう'],
  ['演習', 'えんしゅう'],
  ['予行', 'よこう'],
  ['下書', 'したがき'],
  ['点検', 'てんけん'],
  ['検証', 'けんしょう'],
  ['実験', 'じっけん'],
  ['校正', 'こうせい'],
  ['余白', 'よはく'],
  ['白紙', 'はくし'],
  ['偽名', 'ぎめい'],
  ['虚構', 'きょこう'],
  ['絵空', 'えそら'],
  ['夢想', 'むそう'],
  ['幻影', 'げんえい'],
  ['影絵', 'かげえ'],
  ['寸劇', 'すんげき'],
  ['舞台', 'ぶたい'],
  ['脚本', 'きゃくほん'],
  ['台本', 'だいほん'],
  ['作例', 'さくれい'],
  ['図例', 'ずれい'],
  ['筋書', 'すじがき'],
  ['仮称', 'かしょう'],
  ['試案', 'しあん'],
];

/** With letters that break careless systems: sequences of Adobe-Japan1, plane 2, compatibility ideographs, 髙 and its like. */
export const rareSurnames = {
  katsu: ['葛\u{E0100}例題', 'くずれいだい'],
  tsuji: ['辻\u{E0100}譬喩', 'つじひゆ'],
  yoshi: ['\u{20BB7}模造', 'よしもぞう'],
  saki: ['寓話\uFA11', 'ぐうわざき'],
  taka: ['髙童話', 'たかどうわ'],
  kami: ['\uFA19寓意', 'かみぐうい'],
  hama: ['濵絵本', 'はまえほん'],
  kuwa: ['桒噺', 'くわばなし'],
} as const satisfies Record<string, Word>;

/**
 * Letters that the default font does not have: an ideograph, a sequence of another collection (Moji_Joho), and a letter of a municipality’s own
 * (外字, private use), whose shape no table of the invented towns knows.
 */
export const unprintableSurnames = {
  letter: ['見立\u4A3A', 'みたてう'],
  sequence: ['見立葛\u{E0102}', 'みたてくず'],
  privateUse: ['\u{E0F1}見立', 'がいじみたて'],
} as const satisfies Record<string, Word>;

export const givenFirst: readonly Word[] = [
  ['海', 'かい'],
  ['陸', 'りく'],
  ['空', 'そら'],
  ['風', 'ふう'],
  ['波', 'なみ'],
  ['灯', 'とも'],
  ['星', 'せい'],
  ['朝', 'あさ'],
  ['夏', 'なつ'],
  ['秋', 'あき'],
  ['冬', 'ふゆ'],
  ['春', 'はる'],
  ['凪', 'なぎ'],
  ['潮', 'しお'],
  ['帆', 'ほ'],
  ['岬', 'みさき'],
  ['砂', 'すな'],
  ['雲', 'くも'],
  ['虹', 'にじ'],
  ['月', 'つき'],
  ['雪', 'ゆき'],
  ['光', 'みつ'],
];

export const givenSecond = {
  male: [
    ['斗', 'と'],
    ['平', 'へい'],
    ['彦', 'ひこ'],
    ['輔', 'すけ'],
    ['也', 'や'],
    ['吾', 'ご'],
    ['樹', 'き'],
    ['郎', 'ろう'],
  ],
  female: [
    ['音', 'ね'],
    ['乃', 'の'],
    ['奈', 'な'],
    ['花', 'か'],
    ['江', 'え'],
    ['代', 'よ'],
    ['世', 'せ'],
    ['香', 'か'],
  ],
} as const satisfies Record<string, readonly Word[]>;

/** What an invented foreign resident’s name begins with, and what the rest of it is made of; readings in katakana. */
export const foreignFamilyNames: readonly Word[] = [
  ['SHIKEN', 'シケン'],
  ['MIHON', 'ミホン'],
  ['KAKUU', 'カクウ'],
  ['KAMEI', 'カメイ'],
  ['REIJI', 'レイジ'],
];
export const foreignSyllables: readonly Word[] = [
  ['BA', 'バ'],
  ['DO', 'ド'],
  ['FE', 'フェ'],
  ['GU', 'グ'],
  ['LI', 'リ'],
  ['MO', 'モ'],
  ['NA', 'ナ'],
  ['PE', 'ペ'],
  ['RU', 'ル'],
  ['SA', 'サ'],
  ['TI', 'ティ'],
  ['VO', 'ヴォ'],
  ['ZE', 'ゼ'],
];
export const nationalities = ['架空共和国', '見本連邦', '例示王国'] as const;

/** Quarters of an invented town; the first half belongs to one town and the other to the other. */
export const quarters = [
  '灯台町',
  '潮見町',
  '防波堤通',
  '貝殻台',
  '帆影町',
  '渚本町',
  '汽笛町',
  '霧見台',
  '浮標町',
  '錨通',
  '羅針町',
  '海図台',
] as const;
/** Where people came from. */
export const elsewhere = ['虚空県蜃気楼市', '虚空県陽炎町', '虚空県逃水市', '虚空県幻灯村'] as const;
export const buildings = ['見本荘', '架空ハイツ', '試験コーポ', 'メゾン例示'] as const;
