/** 手元: paper and receipts that were taken, until they are put away. */
import { useState } from 'react';
import type { ReceiptView, SheetView } from '../../src/bench-state.ts';
import { useNext, useTexts } from '../context.ts';
import { Slip } from './receipt-panel.tsx';
import { SheetDialog } from './sheet-dialog.tsx';
import { TakeButton } from './take-button.tsx';

interface Props {
  readonly sheets: readonly SheetView[];
  readonly receipts: readonly ReceiptView[];
}

export function Desk({ sheets, receipts }: Props) {
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
            {sheets.map(({ id }, i) => (
              <li key={id}>
                <button type="button" aria-label={texts.desk.look(i + 1)} onClick={() => setLooking(i)}>
                  <img src={`/sheets/${id}/front.png`} alt="" />
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
        <SheetDialog sheets={sheets} at={looking} onTurnTo={setLooking} onClose={() => setLooking(undefined)} />
      )}
    </section>
  );
}
