/**
 * ローマ字 (Hepburn, without marks for long vowels, as on road signs): how a place is read, for whoever does not read its letters.
 * 「ゆうなぎし」, 夕凪市 → Yunagi-shi.
 */
const pairs: Readonly<Record<string, string>> = {
  ...row('あいうえお', 'a i u e o'),
  ...row('かきくけこ', 'ka ki ku ke ko'),
  ...row('がぎぐげご', 'ga gi gu ge go'),
  ...row('さしすせそ', 'sa shi su se so'),
  ...row('ざじずぜぞ', 'za ji zu ze zo'),
  ...row('たちつてと', 'ta chi tsu te to'),
  ...row('だぢづでど', 'da ji zu de do'),
  ...row('なにぬねの', 'na ni nu ne no'),
  ...row('はひふへほ', 'ha hi fu he ho'),
  ...row('ばびぶべぼ', 'ba bi bu be bo'),
  ...row('ぱぴぷぺぽ', 'pa pi pu pe po'),
  ...row('まみむめも', 'ma mi mu me mo'),
  ...row('やゆよ', 'ya yu yo'),
  ...row('らりるれろ', 'ra ri ru re ro'),
  ...row('わゐゑをん', 'wa i e o n'),
};
const small: Readonly<Record<string, string>> = { ...row('ゃゅょ', 'a u o'), ...row('ぁぃぅぇぉ', 'a i u e o') };

function row(kana: string, sounds: string): Record<string, string> {
  const all = sounds.split(' ');
  return Object.fromEntries([...kana].map((letter, i) => [letter, all[i] ?? '']));
}

export function romajiOf(kana: string): string {
  let latin = '';
  let isDoubled = false;
  for (const letter of hiragana(kana)) {
    if (letter === 'っ') isDoubled = true;
    else if (letter in small) latin = withSmall(latin, small[letter] ?? '');
    else if (letter !== 'ー') {
      const sound = pairs[letter] ?? letter;
      latin += isDoubled ? doubled(sound) : sound;
      isDoubled = false;
    }
  }
  return latin.replace(/ou|oo|uu/g, (long) => long[0] ?? '').replace(/n(?=[bpm])/g, 'm');
}

/** きょ → kyo, しゃ → sha. */
function withSmall(latin: string, vowel: string): string {
  const stem = latin.slice(0, -1);
  return /(sh|ch|j)$/.test(stem) ? stem + vowel : `${stem}y${vowel}`;
}

const doubled = (sound: string) => (sound.startsWith('ch') ? `t${sound}` : `${sound[0]}${sound}`);
const hiragana = (kana: string) =>
  kana.replace(/[ァ-ヴ]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) - 0x60));

const endings: Readonly<Record<string, readonly string[]>> = {
  市: ['し'],
  区: ['く'],
  町: ['まち', 'ちょう'],
  村: ['むら', 'そん'],
};

/** The kind of place apart from its name, as on road signs. */
export function romajiOfPlace({ name, nameKana }: { readonly name: string; readonly nameKana: string }): string {
  const ending = endings[name.at(-1) ?? '']?.find((kana) => nameKana.endsWith(kana));
  const stem = ending ? nameKana.slice(0, -ending.length) : nameKana;
  const latin = romajiOf(stem);
  return `${latin.charAt(0).toUpperCase()}${latin.slice(1)}${ending ? `-${romajiOf(ending)}` : ''}`;
}
