/** Addresses, 本籍 and former addresses, each given once, in places that do not exist. Digits are full-width, as ledgers have them. */
import type { Municipality } from '@machikado/domain';
import { buildings, elsewhere, quarters } from './invented-words.ts';
import type { Random } from './random.ts';

export interface Places {
  address(): string;
  longAddress(): string;
  /** 本籍 in this town. */
  domicile(): string;
  longDomicile(): string;
  domicileElsewhere(): string;
  formerAddress(): string;
  /** 国外の住所, as a 附票 has it. */
  overseas(): string;
}

/** `given`: what was given already; `lots`: another range gives other places. */
export function createPlaces(
  random: Random,
  town: Municipality,
  [part, parts]: readonly [part: number, parts: number],
  given: Set<string>,
  lots: readonly [number, number] = [1, 9999],
): Places {
  const home = `${town.prefecture}${town.name}`;
  const ownQuarters = quarters.filter((_, i) => i % parts === part);
  const once = (draw: () => string): string => {
    for (;;) {
      const drawn = draw();
      if (given.has(drawn)) continue;
      given.add(drawn);
      return drawn;
    }
  };
  const lot = () => fullWidth(random.between(...lots));
  const block = () =>
    `${home}${random.pick(ownQuarters)}${fullWidth(random.between(1, 5))}丁目` +
    `${fullWidth(random.between(1, 40))}番${fullWidth(random.between(1, 30))}号`;
  const room = () => `　${random.pick(buildings)}${fullWidth(random.between(101, 909))}号室`;
  return {
    address: () => once(block) + (random.chance(0.3) ? room() : ''),
    longAddress: () =>
      `${once(block)}　架空県営夕凪霧笛連合住宅団地見本街区第二十七号棟例示サービス付き試験用共同住宅` +
      `「メゾン・ド・カクウ・アネックス」${fullWidth(random.between(1001, 1999))}号室　架空見本方`,
    domicile: () => once(() => `${home}${random.pick(ownQuarters)}${lot()}番地`),
    longDomicile: () =>
      once(
        () =>
          `${home}大字${random.pick(ownQuarters)}字架空見本仮名例示甲乙丙丁戊己庚辛壬癸字上下左右東西南北中央` +
          `第三十二地割字模擬試験谷地頭${lot()}番地の甲の${lot()}内第${lot()}号`,
      ),
    domicileElsewhere: () => once(() => `${random.pick(elsewhere)}本籍字${town.name}${lot()}番地`),
    formerAddress: () => once(() => `${random.pick(elsewhere)}字${town.name}${lot()}番地`),
    overseas: () => once(() => `見本連邦例示州${town.name}通${lot()}番`),
  };
}

export function fullWidth(n: number | string): string {
  return String(n).replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
}
