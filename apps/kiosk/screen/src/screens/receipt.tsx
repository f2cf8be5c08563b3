/** ⑭ 領収書発行. Without receipt paper the reference stands on the glass. */
import { useGlass } from '../glass.tsx';
import { Actions } from '../parts/actions.tsx';
import { CardInside } from '../parts/card-inside.tsx';
import { Note } from '../parts/note.tsx';
import { Receipt } from '../parts/pictures.tsx';
import { Reference } from '../parts/reference.tsx';
import { ScreenFrame } from '../parts/screen-frame.tsx';
import { sceneOf } from '../screen-context.ts';

export function ReceiptScreen() {
  const { texts, context } = useGlass();
  const scene = sceneOf('receipt', context);
  if (!scene) return null;
  const { printed, reference, copies, chargedYen, owedYen, cardInside } = scene;
  return (
    <ScreenFrame
      heading={
        cardInside ? texts.headings['card-away'] : printed ? texts.headings.receipt : texts.receipt.notPrintedTitle
      }
      lead={printed ? texts.receipt.take : texts.receipt.notPrinted}
      tone={printed && !cardInside ? 'calm' : 'attention'}
      actions={<Actions quit={false} forward="done" forwardText={texts.buttons.done} />}
    >
      <div className="stack centered">
        {cardInside && <CardInside />}
        {owedYen > 0 && (
          <Note kind="attention" title={texts.ended.owed(texts.yen(owedYen))}>
            <p>{texts.ended.moneyEnds.owed}</p>
          </Note>
        )}
        {printed && !cardInside && <Receipt />}
        <dl className="money">
          <div className="money-row">
            <dt>{texts.receipt.charged}</dt>
            <dd>
              <span className="figure">{texts.yen(chargedYen)}</span> <span>{texts.copiesOf(copies)}</span>
            </dd>
          </div>
        </dl>
        <Reference reference={reference} />
        <Note kind="info" title={texts.receipt.forgotten} />
      </div>
    </ScreenFrame>
  );
}
