/** 照会番号: in groups of four, to be noted by hand. */
import { useGlass } from '../glass.tsx';

export function Reference({ reference }: { reference: string }) {
  const { texts } = useGlass();
  return (
    <p className="reference">
      <span>{texts.receipt.reference}</span>
      <span className="reference-number">
        {(reference.match(/.{1,4}/g) ?? []).map((group, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: groups have no other name
          <span key={i}>{group}</span>
        ))}
      </span>
    </p>
  );
}
