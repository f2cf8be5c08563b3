/** 手元: paper and receipts that were taken, until they are put away. */
import { useState } from 'react';
import type { BenchState } from '../../src/bench-state.ts';
import { useNext, useTexts } from '../context.ts';
import { Slip } from './receipt-panel.tsx';
import { SheetDialog } from './sheet-dialog.tsx';
import { TakeButton } from './take-button.tsx';

export function Desk({ state }: { readonly state: BenchState }) {
  const sheets = state.taken;
  const receipts = state.receipts.taken;
  const texts = useTexts();
  const next = useNext('desk');
  const [looking, setLooking] = useState<number>();
  const empty = sheets.length + receipts.length === 0;
  return (
    <section className="desk" tabIndex={-1} aria-labelledby="desk-title" data-empty={empty || undefined} {...next}>
      <h2 id="desk-title">{texts.desk.title}</h2>
      {empty ? (
        <p className="quiet">{texts.desk.empty}</p>
      ) : (
        <>
          <ul className="laid-out">
            {sheets.map(({ id, copy }, i) => (
              <li key={id}>
                <button type="button" aria-label={texts.desk.look(i + 1)} onClick={() => setLooking(i)}>
                  <img src={`/sheets/${id}/front.${copy ? 'jpg' : 'png'}`} alt="" />
                  {copy && <small>{texts.trials.copyOf(texts.trials.modes[copy.mode])}</small>}
                </button>
              </li>
            ))}
            {receipts.map((receipt) => (
              <li key={receipt.id} className="torn">
                <Slip receipt={receipt} />
              </li>
            ))}
          </ul>
          <TakeButton className="put-away" deed={{ deed: 'put-away' }}>
            {texts.desk.putAway}
          </TakeButton>
        </>
      )}
      {looking !== undefined && sheets[looking] && (
        <SheetDialog state={state} at={looking} onTurnTo={setLooking} onClose={() => setLooking(undefined)} />
      )}
    </section>
  );
}
