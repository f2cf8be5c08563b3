/** The whole glass: head, screen, and the question whether more time is needed. */
import type { ScreenName } from '@machikado/ui';
import { type ReactNode, useLayoutEffect } from 'react';
import { useGlass } from './glass.tsx';
import { Announcer } from './parts/announcer.tsx';
import { Header } from './parts/header.tsx';
import { MoreTime } from './parts/more-time.tsx';
import { BusyScreen } from './screens/busy.tsx';
import { CardScreen } from './screens/card.tsx';
import { CardAwayScreen } from './screens/card-away.tsx';
import { CautionScreen } from './screens/caution.tsx';
import { CopiesScreen, ItemsScreen, PersonsScreen, ScopeScreen, YearScreen } from './screens/choose-screens.tsx';
import { ConfirmScreen } from './screens/confirm.tsx';
import { DisconnectedScreen } from './screens/disconnected.tsx';
import { EndedScreen } from './screens/ended.tsx';
import { KindGroupScreen, KindScreen } from './screens/kind-screens.tsx';
import { MenuScreen } from './screens/menu.tsx';
import { MunicipalityScreen } from './screens/municipality.tsx';
import { PayScreen } from './screens/pay.tsx';
import { PinScreen } from './screens/pin.tsx';
import { PrintScreen } from './screens/print.tsx';
import { ReceiptScreen } from './screens/receipt.tsx';
import { TakePaperScreen } from './screens/take-paper.tsx';
import { PrefectureScreen, RegionScreen, TownListScreen } from './screens/town-screens.tsx';

const screens: Readonly<Record<ScreenName, () => ReactNode>> = {
  disconnected: DisconnectedScreen,
  menu: MenuScreen,
  card: CardScreen,
  municipality: MunicipalityScreen,
  region: RegionScreen,
  prefecture: PrefectureScreen,
  'town-list': TownListScreen,
  pin: PinScreen,
  busy: BusyScreen,
  'card-away': CardAwayScreen,
  kind: KindScreen,
  'kind-group': KindGroupScreen,
  scope: ScopeScreen,
  persons: PersonsScreen,
  year: YearScreen,
  items: ItemsScreen,
  caution: CautionScreen,
  copies: CopiesScreen,
  confirm: ConfirmScreen,
  pay: PayScreen,
  print: PrintScreen,
  'take-paper': TakePaperScreen,
  receipt: ReceiptScreen,
  ended: EndedScreen,
};

export function App() {
  const { screen, context, language, texts } = useGlass();
  const { textSize, contrast } = context.settings;
  useLayoutEffect(() => {
    const { documentElement } = document;
    documentElement.lang = language;
    document.title = texts.service;
    documentElement.className = `text-${textSize} contrast-${contrast}`;
  }, [language, texts, textSize, contrast]);
  const Screen = screens[screen];
  return (
    <div className="glass">
      <Header />
      <Screen key={screen} />
      <Announcer />
      <MoreTime />
    </div>
  );
}
