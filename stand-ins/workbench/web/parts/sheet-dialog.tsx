/** A sheet under the magnifying glass: front and back, the next and the one before, also by arrow keys. */
import { type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react';
import type { SheetView } from '../../src/bench-state.ts';
import { useTexts } from '../context.ts';
import { ArrowIcon, CloseIcon } from './icons.tsx';

interface Props {
  readonly sheets: readonly SheetView[];
  readonly at: number;
  readonly onTurnTo: (at: number) => void;
  readonly onClose: () => void;
}

export function SheetDialog({ sheets, at, onTurnTo, onClose }: Props) {
  const { desk } = useTexts();
  const dialog = useRef<HTMLDialogElement>(null);
  const [back, setBack] = useState(false);
  // Closed before it leaves the page: the focus goes back to the sheet that was pressed.
  useLayoutEffect(() => {
    const opened = dialog.current;
    opened?.showModal();
    return () => opened?.close();
  }, []);
  const sheet = sheets[at];
  if (!sheet) return null;
  const show = (to: number) => {
    if (!sheets[to]) return;
    setBack(false);
    onTurnTo(to);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowRight') show(at + 1);
    else if (event.key === 'ArrowLeft') show(at - 1);
  };
  const side = back ? desk.back : desk.front;
  return (
    <dialog
      ref={dialog}
      className="sheet-dialog"
      aria-label={desk.sheet(at + 1)}
      onClose={onClose}
      onKeyDown={onKeyDown}
    >
      <div className="dialog-tools">
        <h3>
          {desk.sheet(at + 1)}
          <small> / {sheets.length}</small>
        </h3>
        <button type="button" aria-pressed={!back} onClick={() => setBack(false)}>
          {desk.front}
        </button>
        <button type="button" aria-pressed={back} onClick={() => setBack(true)}>
          {desk.back}
        </button>
        {sheets.length > 1 && (
          <>
            <button type="button" className="to-left" disabled={at === 0} onClick={() => show(at - 1)}>
              <ArrowIcon />
              <span className="unseen">{desk.previous}</span>
            </button>
            <button type="button" disabled={at === sheets.length - 1} onClick={() => show(at + 1)}>
              <ArrowIcon />
              <span className="unseen">{desk.next}</span>
            </button>
          </>
        )}
        <button type="button" className="shut" onClick={onClose}>
          <CloseIcon />
          <span className="unseen">{desk.close}</span>
        </button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling picture must be reachable by keyboard. */}
      <div className="under-glass" tabIndex={0}>
        {back && sheet.sides < 2 ? (
          <p className="blank-side">{desk.blank}</p>
        ) : (
          <img
            key={`${sheet.id} ${side}`}
            src={`/sheets/${sheet.id}/${back ? 'back' : 'front'}.png?size=large`}
            alt={desk.picture(side)}
          />
        )}
      </div>
    </dialog>
  );
}
