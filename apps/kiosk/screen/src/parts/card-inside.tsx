/** カードの取り忘れ at the end of a use: nothing else goes on before the card is away. */
import { useGlass } from '../glass.tsx';
import { Note } from './note.tsx';
import { TakeCard } from './pictures.tsx';

export function CardInside() {
  const { texts } = useGlass();
  return (
    <div className="left-behind">
      <TakeCard />
      <Note kind="attention" title={texts.ended.takeCard} />
    </div>
  );
}
