/** What became of a use before that could be settled only now, for whoever still stands there: money, slip, and by which reference to ask. */
import type { LateEnd } from '@machikado/protocol';
import { useGlass } from '../glass.tsx';
import { Note } from './note.tsx';
import { Reference } from './reference.tsx';

export function LateEndNote({ end }: { end: LateEnd }) {
  const { texts } = useGlass();
  const { menu, ended, receipt } = texts;
  const { reference, cameBackYen, owedYen, charged, slip, paperInside } = end;
  return (
    <Note kind="attention" title={menu.interrupted}>
      {cameBackYen > 0 && <p>{menu.cameBack(texts.yen(cameBackYen))}</p>}
      {owedYen > 0 && (
        <p>
          {ended.moneyEnds.owed} <strong className="owed">{ended.owed(texts.yen(owedYen))}</strong>
        </p>
      )}
      {charged && (
        <p>
          {receipt.charged} {texts.yen(charged.yen)} {texts.copiesOf(charged.copies)}
        </p>
      )}
      {paperInside && <p>{ended.paperInside}</p>}
      {slip && <p>{receipt.take}</p>}
      <Reference reference={reference} />
    </Note>
  );
}
