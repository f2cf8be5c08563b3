/** ③ 地域・都道府県・市区町村: every municipality of the country; those that do not take part say so. */
import type { StatusReply } from '@machikado/protocol';
import { useGlass } from '../glass.tsx';
import { whyTownCloses } from '../honest-status.ts';
import { kanaRows, prefecturesOf, regionsOf, rowsOf, type Town, townsOf } from '../municipality-list.ts';
import { Actions } from '../parts/actions.tsx';
import { PrefectureName, RowName, TownName } from '../parts/place-name.tsx';
import { PressButton } from '../parts/press-button.tsx';
import { ScreenFrame } from '../parts/screen-frame.tsx';
import { useFrom } from '../parts/states.tsx';
import { sceneOf } from '../screen-context.ts';

export function RegionScreen() {
  const { texts, context } = useGlass();
  return (
    <ScreenFrame actions={<Actions back />}>
      <div className="grid-two">
        {regionsOf(context.towns).map((region) => (
          <PressButton key={region} act="region" value={region} look="choice">
            <span className="choice-title">{texts.municipality.regions[region]}</span>
          </PressButton>
        ))}
      </div>
    </ScreenFrame>
  );
}

export function PrefectureScreen() {
  const { context } = useGlass();
  return (
    <ScreenFrame actions={<Actions back />}>
      <div className="grid-two">
        {prefecturesOf(context.towns, context.region).map((prefecture) => (
          <PressButton key={prefecture} act="prefecture" value={prefecture} look="choice">
            <span className="choice-title">
              <PrefectureName prefecture={prefecture} />
            </span>
          </PressButton>
        ))}
      </div>
    </ScreenFrame>
  );
}

export function TownListScreen() {
  const { texts, context } = useGlass();
  const scene = sceneOf('municipality', context);
  if (!scene) return null;
  const there = rowsOf(context.towns, context.prefecture);
  const towns = townsOf(context.towns, context.prefecture, context.row);
  const participating = new Set(scene.status.municipalities.map(({ lgCode }) => lgCode));
  return (
    <ScreenFrame
      actions={<Actions back />}
      lead={
        <fieldset className="rows">
          <legend className="unseen">{texts.municipality.rows}</legend>
          {kanaRows
            .filter((row) => there.includes(row))
            .map((row) => (
              <PressButton
                key={row}
                act="row"
                value={row}
                look="key"
                chosen={row === context.row}
                label={texts.municipality.row(row)}
              >
                <RowName row={row} />
              </PressButton>
            ))}
        </fieldset>
      }
    >
      {towns.some(({ lgCode }) => !participating.has(lgCode)) && (
        <p className="fine">{texts.municipality.notParticipatingWhy}</p>
      )}
      <div className="grid-two towns">
        {towns.map((town) => (
          <TownButton key={town.lgCode} town={town} status={scene.status} />
        ))}
      </div>
    </ScreenFrame>
  );
}

function TownButton({ town, status }: { town: Town; status: StatusReply }) {
  const { texts } = useGlass();
  return (
    <PressButton act="town" value={town.lgCode} look="choice">
      <span className="choice-text">
        <span className="choice-title">
          <TownName town={town} />
        </span>
        <span className="choice-about">
          {texts.municipality.code(town.lgCode)} <TownState town={town} status={status} />
        </span>
      </span>
    </PressButton>
  );
}

function TownState({ town, status }: { town: Town; status: StatusReply }) {
  const { texts } = useGlass();
  const from = useFrom(status);
  const participating = status.municipalities.find(({ lgCode }) => lgCode === town.lgCode);
  if (!participating) return <span className="badge">{texts.municipality.notParticipating}</span>;
  const shut = whyTownCloses(participating);
  if (!shut) return null;
  return (
    <span className="badge">
      {texts.status.reasons[shut.reason ?? 'unavailable']} {from(shut.opensAt)}
    </span>
  );
}
