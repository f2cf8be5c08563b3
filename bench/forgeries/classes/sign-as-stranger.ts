/** The forged front is sealed as the center would, but signed with a stranger’s key, under the center’s number or under one of its own. */
import { strict as assert } from 'node:assert';
import { strangersKeys } from '../../keys.ts';
import { forgeBack } from '../forge-back.ts';
import { seal } from '../workshop.ts';

export const signAsStranger = forgeBack(async ({ sheet, fronts }, { certificate, chance }) => {
  const [genuine, front] = [certificate.sheets[sheet], fronts[sheet]];
  assert(genuine && front);
  const id = chance.pick([1, 1, 7]);
  return {
    ...(await seal(front, genuine.facts, 'stranger', strangersKeys(id))),
    what: `signed by a stranger as ${id}`,
  };
});
