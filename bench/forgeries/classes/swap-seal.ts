/** 公印 of another town’s mayor, or the 印影 of another person, where the real one stood: as large as the real one. */

import type { FormData } from '../../../apps/issuer/src/forms/form-data.ts';
import { drawSeal } from '../../../apps/issuer/src/forms/index.ts';
import { imprintOf } from '../../../apps/issuer/src/forms/testing/imprint.ts';
import type { Chance } from '../chance.ts';
import type { Change, Changing } from '../forge-front.ts';

const MAYORS = ['霧笛町長之印', '汐見市長之印', '夕凪町長之印', '浜風市長之印', '夕凪市長職務代理者', '汐見村長之印'];
const HOLDERS = ['汐見', '港', '霧笛', '夕波', '夕風', '海野', '渚', '帆波'];

export const swapSeal: Changing = ({ job }, chance) => {
  const { data } = job;
  const ways = [swapOfficialSeal(data, chance), ...(data.pictures.imprint ? [swapImprint(data, chance)] : [])];
  return chance.shuffled(ways);
};

function swapOfficialSeal(data: FormData, chance: Chance): Change {
  const seals = MAYORS.map((letters) => ({ letters, sealSvg: drawSeal(letters) }));
  const { letters, sealSvg } = chance.pick(seals.filter((each) => each.sealSvg !== data.sealSvg));
  return { what: `公印 ${letters}`, data: { ...data, sealSvg } };
}

function swapImprint(data: FormData, chance: Chance): Change {
  const { widthMm = 0, heightMm = 0 } = data.pictures.imprint ?? {};
  const letters = chance.pick(HOLDERS);
  const { png } = imprintOf(letters, heightMm, widthMm / heightMm);
  const imprint = { widthMm, heightMm, bytes: [...Buffer.from(png, 'base64')] };
  return { what: `印影 ${letters}`, data: { ...data, pictures: { ...data.pictures, imprint } } };
}
