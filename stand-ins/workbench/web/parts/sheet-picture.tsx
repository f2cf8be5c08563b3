/** What is seen of a sheet: the paper itself, which takes some seconds to look at, or a picture that was taken of it. */
import { useState } from 'react';
import type { SheetView } from '../../src/bench-state.ts';
import { useTexts } from '../context.ts';

export type Showing =
  | { readonly side: 1 | 2; readonly look: 'eye' | 'infrared' }
  | { readonly shot: string; readonly name: string };

interface Props {
  readonly sheet: SheetView;
  readonly showing: Showing;
}

export function SheetPicture({ sheet, showing }: Props) {
  const { desk, trials } = useTexts();
  const [seen, setSeen] = useState<'not-yet' | 'yes' | 'failed'>('not-yet');
  if ('shot' in showing) return <img className="shot" src={`/shots/${showing.shot}.jpg`} alt={showing.name} />;
  const { side, look } = showing;
  if (side > sheet.sides) return <p className="blank-side">{desk.blank}</p>;
  const name = desk.picture(side === 2 ? desk.back : desk.front);
  const file = `/sheets/${sheet.id}/${side === 2 ? 'back' : 'front'}`;
  return (
    <>
      <p role="status" className="looking" hidden={seen === 'yes'}>
        {seen === 'failed' ? trials.notSeen : trials.looking}
      </p>
      {/* Until the paper is seen, its file stands in for it. */}
      {seen !== 'yes' && !sheet.copy && <img className="stand-in" src={`${file}.png`} alt="" />}
      <img
        className={seen === 'yes' ? '' : 'to-come'}
        src={`${file}.jpg?look=${look}`}
        alt={look === 'infrared' ? `${name} — ${trials.infrared}` : name}
        onLoad={() => setSeen('yes')}
        onError={() => setSeen('failed')}
      />
    </>
  );
}
