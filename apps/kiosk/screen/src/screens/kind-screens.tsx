/** ⑥ 証明書の種別: every kind on offer with its fee; where they are many, several behind one entry (各種税証明書). */
import type { Offer } from '@machikado/protocol';
import { useGlass } from '../glass.tsx';
import { type KindEntry, kindMenu, kindsBehind } from '../kind-menu.ts';
import { Actions } from '../parts/actions.tsx';
import { Note } from '../parts/note.tsx';
import { TownNameInLine } from '../parts/place-name.tsx';
import { PressButton } from '../parts/press-button.tsx';
import { ScreenFrame } from '../parts/screen-frame.tsx';
import { sceneOf } from '../screen-context.ts';

export function KindScreen() {
  const { texts, context } = useGlass();
  const scene = sceneOf('choose', context);
  if (!scene) return null;
  const { offers } = scene.offers;
  return (
    <ScreenFrame
      lead={<TownNameInLine town={{ lgCode: scene.offers.lgCode, name: scene.municipality }} />}
      actions={<Actions forward="next" />}
    >
      {offers.length === 0 && (
        <Note kind="attention" title={texts.choose.noOffers}>
          <p>{texts.choose.noOffersNext}</p>
        </Note>
      )}
      <div className="choices">
        {kindMenu(offers).map(({ group, offers: members }) =>
          group ? (
            <GroupButton key={group} group={group} members={members} />
          ) : (
            members.map((offer) => <KindButton key={offer.kind} offer={offer} />)
          ),
        )}
      </div>
    </ScreenFrame>
  );
}

export function KindGroupScreen() {
  const { texts, context } = useGlass();
  const scene = sceneOf('choose', context);
  const group = context.kindGroup;
  if (!scene || !group) return null;
  const { offers } = scene.offers;
  const behind = kindsBehind(group, offers);
  return (
    <ScreenFrame lead={texts.choose.kindGroups[group].title} actions={<Actions back forward="next" />}>
      <div className="choices">
        {offers
          .filter(({ kind }) => behind.includes(kind))
          .map((offer) => (
            <KindButton key={offer.kind} offer={offer} />
          ))}
      </div>
    </ScreenFrame>
  );
}

function KindButton({ offer: { kind, feeYen } }: { offer: Offer }) {
  const { texts, context } = useGlass();
  const { title, about } = texts.choose.kinds[kind];
  return (
    <PressButton act="kind" value={kind} look="choice" chosen={context.choices.kind === kind}>
      <span className="choice-text">
        <span className="choice-title">{title}</span>
        <span className="choice-about">{about}</span>
      </span>
      <FeePerCopy feeYen={feeYen} />
    </PressButton>
  );
}

interface GroupButtonProps {
  readonly group: NonNullable<KindEntry['group']>;
  readonly members: readonly Offer[];
}

/** Which of them was chosen stands on it; what a copy costs, where that does not depend on it. */
function GroupButton({ group, members }: GroupButtonProps) {
  const { texts, context } = useGlass();
  const { title, about } = texts.choose.kindGroups[group];
  const chosen = members.find(({ kind }) => kind === context.choices.kind);
  const [first] = members;
  const isSame = members.every(({ feeYen }) => feeYen === first?.feeYen);
  return (
    <PressButton act="group" value={group} look="choice" chosen={chosen !== undefined}>
      <span className="choice-text">
        <span className="choice-title">{title}</span>
        <span className="choice-about">{chosen ? texts.choose.kinds[chosen.kind].title : about}</span>
      </span>
      {first && isSame && <FeePerCopy feeYen={first.feeYen} />}
      <span className="choice-more" aria-hidden="true" />
    </PressButton>
  );
}

function FeePerCopy({ feeYen }: { feeYen: number }) {
  const { texts } = useGlass();
  return <span className="choice-end">{texts.choose.feePerCopy(texts.yen(feeYen))}</span>;
}
