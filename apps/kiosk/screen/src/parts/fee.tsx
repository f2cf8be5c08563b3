/** 手数料: each copy, how many, altogether. */
import { type Choosing, feeYenOf, offerOf } from '../choices.ts';
import { useGlass } from '../glass.tsx';

export function Fee({ choosing }: { choosing: Choosing }) {
  const { texts } = useGlass();
  const { confirm } = texts;
  const each = texts.yen(offerOf(choosing)?.feeYen ?? 0);
  return (
    <p className="fee">
      <span>{confirm.fee}</span>
      <span>
        <span className="fee-sum">{confirm.sum(each, texts.copiesOf(choosing.choices.copies))}</span>{' '}
        <span className="figure">{texts.yen(feeYenOf(choosing))}</span>
      </span>
    </p>
  );
}
