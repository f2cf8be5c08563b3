/** 領収書発行: the slip that hangs out of the slot until somebody tears it off. */
import type { ReceiptsView, ReceiptView } from '../../src/bench-state.ts';
import { useNext, useTexts } from '../context.ts';
import { TakeButton } from './take-button.tsx';

export function ReceiptPanel({ receipts: { slot, paperOut } }: { readonly receipts: ReceiptsView }) {
  const texts = useTexts();
  const hanging = slot.at(-1);
  return (
    <section className="panel receipt" tabIndex={-1} aria-labelledby="receipt-title" {...useNext('tear-receipt')}>
      <h2 id="receipt-title">{texts.receipt.title}</h2>
      <span className="mouth" aria-hidden="true" />
      {hanging ? <Slip receipt={hanging} /> : <p className="quiet">{texts.receipt.slotEmpty}</p>}
      {paperOut && <p className="warn">{texts.receipt.paperOut}</p>}
      {hanging && <TakeButton deed={{ deed: 'tear-receipt' }}>{texts.receipt.tear}</TakeButton>}
    </section>
  );
}

export function Slip({ receipt }: { readonly receipt: ReceiptView }) {
  return <pre className="slip">{receipt.lines.join('\n')}</pre>;
}
