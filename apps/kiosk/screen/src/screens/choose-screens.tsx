/** ⑦ 交付種別・⑧ 年度と記載事項・⑨ 部数: whatever the offers hold, in the words of the catalogue. */
import { kindTable } from '@machikado/ui';
import { copiesMaxOf, offerOf, personsOffered } from '../choices.ts';
import { useGlass } from '../glass.tsx';
import { Actions } from '../parts/actions.tsx';
import { Fee } from '../parts/fee.tsx';
import { FiscalYear } from '../parts/fiscal-year.tsx';
import { PressButton } from '../parts/press-button.tsx';
import { ScreenFrame } from '../parts/screen-frame.tsx';
import { choosingOf } from '../screen-context.ts';

export function ScopeScreen() {
  const { texts, context } = useGlass();
  const choosing = choosingOf(context);
  const offer = choosing && offerOf(choosing);
  if (!offer) return null;
  const words = texts.choose.scopes[kindTable[offer.kind].book];
  return (
    <ScreenFrame actions={<Actions back forward="next" />}>
      <div className="choices">
        {offer.scopes.map((scope) => (
          <PressButton key={scope} act="scope" value={scope} look="choice" chosen={context.choices.scope === scope}>
            <span className="choice-text">
              <span className="choice-title">{words[scope].title}</span>
              <span className="choice-about">{words[scope].about}</span>
            </span>
          </PressButton>
        ))}
      </div>
    </ScreenFrame>
  );
}

export function PersonsScreen() {
  const { texts, context } = useGlass();
  const choosing = choosingOf(context);
  if (!choosing) return null;
  const { persons } = context.choices;
  return (
    <ScreenFrame lead={texts.choose.personsChosen(persons.length)} actions={<Actions back forward="next" />}>
      <div className="choices">
        {personsOffered(choosing).map(({ personRef, name, isSelf }) => (
          <PressButton
            key={personRef}
            act="person"
            value={personRef}
            look="choice"
            chosen={persons.includes(personRef)}
            many
          >
            <span className="choice-text">
              <span className="choice-title" lang="ja">
                {name}
              </span>
            </span>
            {isSelf && <span className="choice-end">{texts.choose.self}</span>}
          </PressButton>
        ))}
      </div>
    </ScreenFrame>
  );
}

export function YearScreen() {
  const { texts, context } = useGlass();
  const choosing = choosingOf(context);
  const offer = choosing && offerOf(choosing);
  if (!offer) return null;
  return (
    <ScreenFrame actions={<Actions back forward="next" />}>
      <div className="choices">
        {(offer.fiscalYears ?? []).map((year) => (
          <PressButton
            key={year}
            act="year"
            value={String(year)}
            look="choice"
            chosen={context.choices.fiscalYear === year}
          >
            <span className="choice-text">
              <span className="choice-title">
                <FiscalYear year={year} />
              </span>
              <span className="choice-about">{texts.choose.fiscalYear(year).about}</span>
            </span>
          </PressButton>
        ))}
      </div>
    </ScreenFrame>
  );
}

export function ItemsScreen() {
  const { texts, context } = useGlass();
  const choosing = choosingOf(context);
  const offer = choosing && offerOf(choosing);
  if (!offer) return null;
  const { items } = context.choices;
  return (
    <ScreenFrame actions={<Actions back forward="next" />}>
      <div className="stack">
        {offer.items.map((item) => (
          <fieldset key={item} className="item">
            <legend className="item-text">
              <span className="choice-title">{texts.choose.items[item].title}</span>
              <span className="choice-about">{texts.choose.items[item].about}</span>
            </legend>
            <div className="item-switch">
              <PressButton act="item" value={`${item}:on`} look="choice" chosen={items.includes(item)}>
                {texts.choose.with}
              </PressButton>
              <PressButton act="item" value={`${item}:off`} look="choice" chosen={!items.includes(item)}>
                {texts.choose.without}
              </PressButton>
            </div>
          </fieldset>
        ))}
      </div>
    </ScreenFrame>
  );
}

export function CopiesScreen() {
  const { texts, context } = useGlass();
  const choosing = choosingOf(context);
  const offer = choosing && offerOf(choosing);
  if (!choosing || !offer) return null;
  const max = copiesMaxOf(choosing);
  const { copies } = context.choices;
  return (
    <ScreenFrame
      lead={
        <>
          {texts.choose.copiesMax(max)}{' '}
          {choosing.sheetsLeft !== undefined && choosing.sheetsLeft <= offer.copiesMax
            ? texts.choose.paperLeft(choosing.sheetsLeft)
            : ''}
        </>
      }
      foot={<Fee choosing={choosing} />}
      actions={<Actions back forward="next" />}
    >
      <div className="number-grid">
        {Array.from({ length: max }, (_, i) => String(i + 1)).map((number) => (
          <PressButton
            key={number}
            act="copies"
            value={number}
            look="key"
            chosen={copies === Number(number)}
            label={texts.copiesOf(Number(number))}
          >
            {number}
          </PressButton>
        ))}
      </div>
    </ScreenFrame>
  );
}
