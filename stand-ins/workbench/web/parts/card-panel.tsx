/** Cards of invented people in a rack, and the place on the kiosk where one of them is laid down. */
import { useContext } from 'react';
import type { CardView, Lamp } from '../../src/bench-state.ts';
import { Page, useNext, useTexts } from '../context.ts';
import { perform } from '../use-bench.ts';
import { TakeButton } from './take-button.tsx';

interface Props {
  readonly cards: readonly CardView[];
  readonly lamp: Lamp;
}

export function CardPanel({ cards, lamp }: Props) {
  const texts = useTexts();
  const guided = cards.findIndex(({ triesLeft }) => triesLeft > 0);
  const numbered = cards.map((card, index) => ({ card, index }));
  return (
    <section className="panel cards" tabIndex={-1} aria-labelledby="cards-title">
      <h2 id="cards-title">{texts.cards.title}</h2>
      <div className="card-place" data-lamp={lamp} {...useNext('take-card')}>
        <p className="place-title">
          <span className="lamp" aria-hidden="true" />
          {texts.cards.place}
          <span className="lamp-says">{texts.cards.lamps[lamp]}</span>
        </p>
        <Place lying={numbered.filter(({ card }) => card.onReader)} />
      </div>
      <h3 id="rack-title">{texts.cards.rack}</h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling list must be reachable by keyboard. */}
      <ul className="rack" aria-labelledby="rack-title" tabIndex={0}>
        {numbered.map(({ card, index }) => (
          <RackCard key={index} card={card} index={index} guided={index === guided} />
        ))}
      </ul>
    </section>
  );
}

function Place({ lying }: { readonly lying: readonly { card: CardView; index: number }[] }) {
  const { texts, language } = useContext(Page);
  if (lying.length === 0) return <p className="empty-place">{texts.cards.placeEmpty}</p>;
  return (
    <ul className="lying">
      {lying.map(({ card, index }) => (
        <li key={index}>
          <CardPicture card={card} />
          <TakeButton
            deed={{ deed: 'take-card', card: index }}
            aria-label={texts.cards.takeNamed(card.label[language])}
          >
            {texts.cards.take}
          </TakeButton>
        </li>
      ))}
    </ul>
  );
}

function RackCard({ card, index, guided }: { card: CardView; index: number; guided: boolean }) {
  const { texts, language } = useContext(Page);
  const next = useNext('lay-card');
  return (
    <li data-away={card.onReader || undefined} {...(guided && next)}>
      <CardPicture card={card} small />
      <span className="who">
        <strong>{card.label[language]}</strong>
        <span className="note">{card.note[language]}</span>
      </span>
      <Pin card={card} />
      <button
        type="button"
        disabled={card.onReader}
        aria-label={texts.cards.layNamed(card.label[language])}
        onClick={() => perform({ deed: 'lay-card', card: index })}
      >
        {texts.cards.lay}
      </button>
    </li>
  );
}

const TRIES_MAX = 3;

function Pin({ card: { pin, triesLeft } }: { readonly card: CardView }) {
  const { cards } = useTexts();
  if (pin === null) return <span className="pin">{cards.noPin}</span>;
  return (
    <span className="pin">
      {cards.pin(pin)}
      {triesLeft === 0 && <b className="warn">{cards.locked}</b>}
      {triesLeft > 0 && triesLeft < TRIES_MAX && <b className="warn">{cards.triesLeft(triesLeft)}</b>}
    </span>
  );
}

function CardPicture({ card, small = false }: { readonly card: CardView; readonly small?: boolean }) {
  const { language, texts } = useContext(Page);
  const phone = card.medium !== 'card';
  return (
    <span className={`card-picture${small ? ' small' : ''}`} data-medium={card.medium} aria-hidden="true">
      <svg className="chip" viewBox="0 0 24 18" aria-hidden="true">
        <rect x="1" y="1" width="22" height="16" rx="3" />
        <path d="M1 7h7v5H1M23 7h-7v5h7M12 1v4M12 13v4" />
      </svg>
      {!small && (
        <>
          <span className="card-town">{phone ? texts.cards.phone : card.town}</span>
          <span className="card-label">{card.label[language]}</span>
        </>
      )}
    </span>
  );
}
