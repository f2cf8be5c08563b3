/** What every screen needs: where it is, what it knows, its words, and how a button is pressed. */
import { type Catalogue, catalogues, type Language, type ScreenName } from '@machikado/ui';
import { useSelector } from '@xstate/react';
import { createContext, type ReactNode, use } from 'react';
import type { ActorRefFrom, SnapshotFrom } from 'xstate';
import { type ButtonName, canPress } from './buttons.ts';
import type { screenMachine } from './machine.ts';
import type { ScreenContext } from './screen-context.ts';

export interface Glass {
  readonly screen: ScreenName;
  readonly context: ScreenContext;
  readonly language: Language;
  readonly texts: Catalogue;
  press(type: ButtonName, value?: string): void;
  can(type: ButtonName, value?: string): boolean;
}

const GlassContext = createContext<Glass | null>(null);

export function useGlass(): Glass {
  const glass = use(GlassContext);
  if (!glass) throw new Error('outside of the glass');
  return glass;
}

export function GlassProvider({ actor, children }: { actor: ActorRefFrom<typeof screenMachine>; children: ReactNode }) {
  const snapshot: SnapshotFrom<typeof screenMachine> = useSelector(actor, (one) => one);
  const screen = snapshot.value as ScreenName;
  const { context } = snapshot;
  const { language } = context.settings;
  const glass: Glass = {
    screen,
    context,
    language,
    texts: catalogues[language],
    press: (type, value = '') => actor.send({ type, value }),
    can: (type, value = '') => canPress(screen, context, { type, value }),
  };
  return <GlassContext value={glass}>{children}</GlassContext>;
}
