/**
 * Letters that are one stroke apart: one more, one less, one longer or leaning the other way. 土 and 士, 末 and 未 differ in the lengths of two
 * strokes alone.
 */
const PAIRS = [
  '一二 二三 一三 大太 大犬 人大 日目 日白 白百 目自 口日 田由 田申 由申 木本 木未 木末 末未 土士 土王 王玉 十千 千干 十土',
  '了子 小少 水氷 夫天 牛午 鳥烏 今令 住往 石右 毋母 平半 丸九 力刀 七十 市巾 代伐 間聞 人入 八人 三王 二土',
  'ソン シツ クタ ハバ ハパ カガ キギ ケゲ コゴ サザ シジ タダ チテ ツヅ トド ヒビ フブ フワ ホボ ユコ ナメ ノメ ラフ ヨコ ルレ',
  '17 38 06 68 08 56 89 98 35 14 49 23 IL OQ CG EF PR VY UV',
];

const FULL_WIDTH = 0xfee0;
const fullWidth = (letter: string) =>
  letter < '\x7f' ? String.fromCharCode(letter.charCodeAt(0) + FULL_WIDTH) : letter;

/** From each letter to those that it may be taken for. */
export const lookAlikes: ReadonlyMap<string, ReadonlySet<string>> = collect();

function collect(): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  const note = (one: string, other: string) => found.set(one, (found.get(one) ?? new Set()).add(other));
  for (const pair of PAIRS.flatMap((line) => line.split(' '))) {
    const [one, other] = [...pair] as [string, string];
    note(one, other);
    note(other, one);
    note(fullWidth(one), fullWidth(other));
    note(fullWidth(other), fullWidth(one));
  }
  return found;
}
