/** 料金支払い: coins and a note to put in, what lies in escrow, and the dish to which money comes back. */
import type { CoinsView } from '../../src/bench-state.ts';
import { useNext, useTexts } from '../context.ts';
import { perform } from '../use-bench.ts';
import { TakeButton } from './take-button.tsx';

const pieces = [10, 50, 100, 500, 1000] as const;
const DISH_SHOWN = 12;

export function CoinPanel({ coins }: { readonly coins: CoinsView }) {
  const texts = useTexts();
  const repair = useNext('repair');
  const { inletOpen, escrowYen, dish, jammed, outOfChange } = coins;
  return (
    <section className="panel money" tabIndex={-1} aria-labelledby="money-title">
      <div className="panel-head">
        <h2 id="money-title">{texts.coins.title}</h2>
        <p className="slot" data-open={inletOpen && !jammed}>
          <span className="slit" aria-hidden="true" />
          {jammed ? <b className="warn">{texts.coins.jammed}</b> : inletOpen ? texts.coins.open : texts.coins.shut}
          {jammed && (
            <TakeButton deed={{ deed: 'coin-jam', jammed: false }} {...repair}>
              {texts.faults.repair}
            </TakeButton>
          )}
          {outOfChange && <b className="warn">{texts.coins.outOfChange}</b>}
        </p>
      </div>
      <div className="pieces" {...useNext('coins')}>
        {pieces.map((yen) => (
          <button
            type="button"
            key={yen}
            aria-label={texts.coins.insert(texts.yen(yen))}
            onClick={() => perform({ deed: 'insert', yen })}
          >
            <Piece yen={yen} />
          </button>
        ))}
      </div>
      <dl className="sums">
        <div>
          <dt>{texts.coins.inside}</dt>
          <dd>
            <output>{texts.yen(escrowYen)}</output>
          </dd>
        </div>
        <div className="dish" {...useNext('take-coins')}>
          <dt>{texts.coins.dish}</dt>
          <dd>
            {dish.length === 0 ? (
              <span className="quiet">{texts.coins.dishEmpty}</span>
            ) : (
              <>
                <output>{texts.yen(dish.reduce((sum, yen) => sum + yen, 0))}</output>
                <span className="heap" aria-hidden="true">
                  {dish.slice(-DISH_SHOWN).map((yen, i) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: coins are alike.
                    <Piece key={i} yen={yen} />
                  ))}
                </span>
                <TakeButton deed={{ deed: 'take-coins' }}>{texts.coins.take}</TakeButton>
              </>
            )}
          </dd>
        </div>
      </dl>
    </section>
  );
}

function Piece({ yen }: { readonly yen: number }) {
  return (
    <span className="piece" data-yen={yen}>
      {yen.toLocaleString('ja')}
    </span>
  );
}
