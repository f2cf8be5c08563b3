/** ⑪ 料金支払い: what is due, what lies in escrow, what is missing or comes back. */
import { useGlass } from '../glass.tsx';
import { Actions } from '../parts/actions.tsx';
import { Coins } from '../parts/pictures.tsx';
import { ScreenFrame } from '../parts/screen-frame.tsx';
import { sceneOf } from '../screen-context.ts';

export function PayScreen() {
  const { texts, context } = useGlass();
  const scene = sceneOf('pay', context);
  if (!scene) return null;
  const { dueYen, depositedYen, accepts, change, sentBack } = scene;
  const over = depositedYen - dueYen;
  const exactOnly = sentBack ? texts.pay.sentBack : texts.pay.exactOnly;
  const said =
    over >= 0 ? { heading: texts.pay.enough } : { lead: change === 'exact-only' ? exactOnly : texts.pay.insert };
  return (
    <ScreenFrame
      {...said}
      tone={change === 'exact-only' && over < 0 ? 'attention' : 'calm'}
      actions={<Actions forward="pay" />}
    >
      <div className="pay">
        <dl className="money">
          <div className="money-row">
            <dt>{texts.pay.due}</dt>
            <dd className="figure">{texts.yen(dueYen)}</dd>
          </div>
          <div className="money-row">
            <dt>{texts.pay.deposited}</dt>
            <dd className="figure">{texts.yen(depositedYen)}</dd>
          </div>
          <div className="money-row money-result">
            <dt>{over < 0 ? texts.pay.short : texts.pay.change}</dt>
            <dd className="figure">{texts.yen(Math.abs(over))}</dd>
          </div>
        </dl>
        <div className="stack centered">
          <Coins />
          <p>
            {texts.pay.accepts}: {accepts.map((piece) => texts.yen(piece)).join(texts.frame.comma)}
          </p>
        </div>
      </div>
    </ScreenFrame>
  );
}
