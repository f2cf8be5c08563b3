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
  const [seen, setSeen] = useState<{ readonly what: string; readonly well: boolean }>();
  if ('shot' in showing) return <img className="shot" src={`/shots/${showing.shot}.jpg`} alt={showing.name} />;
  const { side, look } = showing;
  if (side > sheet.sides) return <p className="blank-side">{desk.blank}</p>;
  const name = desk.picture(side === 2 ? desk.back : desk.front);
  const file = `/sheets/${sheet.id}/${side === 2 ? 'back' : 'front'}`;
  const what = `${file}.jpg?look=${look}`;
  const now = seen?.what === what ? seen : undefined;
  return (
    <>
      {/* It stays while one turns the paper, so that its words are heard. */}
      <p role="status" className="looking">
        {!now && trials.looking}
        {now && !now.well && trials.notSeen}
      </p>
      {/* Until the paper is seen, its file stands in for it. */}
      {!now?.well && !sheet.copy && <img className="stand-in" src={`${file}.png`} alt="" />}
      <img
        key={what}
        className={now?.well ? '' : 'to-come'}
        src={what}
        alt={look === 'infrared' ? `${name} — ${trials.infrared}` : name}
        onLoad={() => setSeen({ what, well: true })}
        onError={() => setSeen({ what, well: false })}
      />
    </>
  );
}
