/** 都道府県 in Latin letters, by the first two digits of the lgCode (ISO 3166-2:JP), for languages that do not read the Japanese name. */
const names =
  'Hokkaido Aomori Iwate Miyagi Akita Yamagata Fukushima Ibaraki Tochigi Gunma Saitama Chiba Tokyo Kanagawa Niigata Toyama Ishikawa Fukui Yamanashi Nagano Gifu Shizuoka Aichi Mie Shiga Kyoto Osaka Hyogo Nara Wakayama Tottori Shimane Okayama Hiroshima Yamaguchi Tokushima Kagawa Ehime Kochi Fukuoka Saga Nagasaki Kumamoto Oita Miyazaki Kagoshima Okinawa'.split(
    ' ',
  );

export function prefectureInLatin(lgCode: string): string {
  return names[Number(lgCode.slice(0, 2)) - 1] ?? 'Kaku';
}
