/** An early end: the cause by its code, what became of the money, the reference, and what can be done now. */
import { cardCauses, nextStepAfter, sentenceFor } from '@machikado/ui';
import { useGlass } from '../glass.tsx';
import { Actions } from '../parts/actions.tsx';
import { CardInside } from '../parts/card-inside.tsx';
import { Note } from '../parts/note.tsx';
import { Reference } from '../parts/reference.tsx';
import { ScreenFrame } from '../parts/screen-frame.tsx';
import { sceneOf } from '../screen-context.ts';

export function EndedScreen() {
  const { texts, context } = useGlass();
  const scene = sceneOf('ended', context);
  const cause = useCause(scene?.code ?? 'INTERNAL');
  if (!scene) return null;
  const { ended } = texts;
  // Whoever is owed money goes to the staff, whatever else there is to do.
  const owes = scene.money === 'owed' || scene.money === 'unsettled';
  return (
    <ScreenFrame
      heading={cause.title}
      tone={cause.calm ? 'calm' : 'attention'}
      actions={<Actions quit={false} forward="done" forwardText={texts.buttons.done} />}
    >
      <div className="stack">
        {scene.cardInside && <CardInside />}
        {scene.paperInside && <Note kind="attention" title={ended.paperInside} />}
        <dl className="end-facts">
          <div className="fact">
            <dt>{ended.cause}</dt>
            <dd>{cause.sentence}</dd>
          </div>
          <div className="fact">
            <dt>{ended.money}</dt>
            <dd>
              {ended.moneyEnds[scene.money]}
              {scene.charged && (
                <p>
                  {texts.receipt.charged} {texts.yen(scene.charged.yen)} {texts.copiesOf(scene.charged.copies)}
                </p>
              )}
              {scene.owedYen > 0 && <strong className="owed">{ended.owed(texts.yen(scene.owedYen))}</strong>}
            </dd>
          </div>
          <div className="fact">
            <dt>{ended.next}</dt>
            <dd>{ended.nextSteps[owes ? 'staff' : nextStepAfter(scene.code)]}</dd>
          </div>
        </dl>
        {scene.slip && <Note kind="info" title={texts.receipt.take} />}
        {scene.reference && <Reference reference={scene.reference} />}
      </div>
    </ScreenFrame>
  );
}

function useCause(code: string): { readonly title: string; readonly sentence: string; readonly calm?: true } {
  const { texts, language } = useGlass();
  const { titles, cancelled } = texts.ended;
  if (code === 'CANCELLED') return { title: titles.stopped, sentence: cancelled, calm: true };
  const sentence = sentenceFor(code, language);
  if ((cardCauses as readonly string[]).includes(code)) return { title: titles.card, sentence };
  const isForCounter = ['counter', 'issuing-counter'].includes(nextStepAfter(code));
  return { title: isForCounter ? titles.counter : titles.stopped, sentence };
}
