/** ⑩ 発行内容確認: everything that was chosen, each with its 訂正; the fee; the names as they will be printed. */
import { isCautioned, kindTable } from '@machikado/ui';
import type { ReactNode } from 'react';
import { type ChoiceStep, type Choosing, isAnswered, offerOf, personsOf } from '../choices.ts';
import { useGlass } from '../glass.tsx';
import { Actions } from '../parts/actions.tsx';
import { Fee } from '../parts/fee.tsx';
import { FiscalYear } from '../parts/fiscal-year.tsx';
import { Note } from '../parts/note.tsx';
import { TownNameInLine } from '../parts/place-name.tsx';
import { PressButton } from '../parts/press-button.tsx';
import { ScreenFrame } from '../parts/screen-frame.tsx';
import { choosingOf, sceneOf } from '../screen-context.ts';

export function ConfirmScreen() {
  const { texts, context } = useGlass();
  const choosing = choosingOf(context);
  const scene = sceneOf('choose', context);
  if (!choosing || !scene) return null;
  const { confirm, choose } = texts;
  const { sheetsLeft } = choosing;
  const { kind, scope, fiscalYear, items, copies } = choosing.choices;
  return (
    <ScreenFrame lead={confirm.hint} foot={<Fee choosing={choosing} />} actions={<Actions back forward="order" />}>
      <div className="stack">
        {sheetsLeft !== undefined && !isAnswered('copies', choosing) && (
          <Note kind="attention" title={choose.paperLeft(sheetsLeft)} />
        )}
        {items.filter(isCautioned).map((item) => (
          <Note key={item} kind="attention" title={choose.cautions[item].reminder} />
        ))}
        <dl className="summary">
          <Row title={confirm.municipality}>
            <TownNameInLine town={{ lgCode: scene.offers.lgCode, name: scene.municipality }} />
          </Row>
          <Row title={confirm.kind} correct="kind">
            {kind && choose.kinds[kind].title}
          </Row>
          <Row title={confirm.scope} correct="scope">
            {kind && scope && choose.scopes[kindTable[kind].book][scope].title}
          </Row>
          <Row title={confirm.persons} correct="persons">
            <Names choosing={choosing} />
          </Row>
          {fiscalYear !== undefined && (
            <Row title={confirm.year} correct="year">
              <FiscalYear year={fiscalYear} />
            </Row>
          )}
          <Items choosing={choosing} />
          <Row title={confirm.copies} correct="copies">
            {texts.copiesOf(copies)}
          </Row>
        </dl>
      </div>
    </ScreenFrame>
  );
}

function Names({ choosing }: { choosing: Choosing }) {
  return (
    <ul className="names" lang="ja">
      {personsOf(choosing).map(({ personRef, name }) => (
        <li key={personRef}>{name}</li>
      ))}
    </ul>
  );
}

function Items({ choosing }: { choosing: Choosing }) {
  const { texts } = useGlass();
  const { choose } = texts;
  const offered = offerOf(choosing)?.items ?? [];
  if (offered.length === 0) return null;
  return (
    <Row title={texts.confirm.items} correct="items">
      <ul className="item-list">
        {offered.map((item) => (
          <li key={item}>
            <span>{choose.items[item].title}</span>{' '}
            <span className="item-state">{choosing.choices.items.includes(item) ? choose.with : choose.without}</span>
          </li>
        ))}
      </ul>
    </Row>
  );
}

interface RowProps {
  readonly title: string;
  readonly correct?: ChoiceStep;
  readonly children: ReactNode;
}

function Row({ title, correct, children }: RowProps) {
  const { texts, can } = useGlass();
  return (
    <div className="summary-row">
      <dt>{title}</dt>
      <dd>{children}</dd>
      <dd className="summary-correct">
        {correct && can('correct', correct) && (
          <PressButton act="correct" value={correct} look="secondary" label={texts.buttons.correctItem(title)}>
            {texts.buttons.correct}
          </PressButton>
        )}
      </dd>
    </div>
  );
}
