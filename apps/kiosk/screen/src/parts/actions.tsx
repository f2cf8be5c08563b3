/** 終了する・前画面へ・確定する: always in this order, always at the same place. */
import type { ScreenName } from '@machikado/ui';
import type { ReactNode } from 'react';
import type { ButtonName } from '../buttons.ts';
import { useGlass } from '../glass.tsx';
import { PressButton } from './press-button.tsx';

/** 中止する where the machine waits for a card or for money, 終了する elsewhere: as the seed draws it. */
export function quitWordOn(screen: ScreenName): 'quit' | 'cancel' {
  return screen === 'card' || screen === 'card-away' || screen === 'pay' ? 'cancel' : 'quit';
}

interface ActionsProps {
  readonly quit?: boolean;
  readonly back?: boolean;
  readonly forward?: ButtonName;
  readonly forwardText?: ReactNode;
}

export function Actions({ quit = true, back = false, forward, forwardText }: ActionsProps) {
  const { texts, screen } = useGlass();
  return (
    <>
      {quit && (
        <PressButton act="quit" look="secondary">
          {texts.buttons[quitWordOn(screen)]}
        </PressButton>
      )}
      {back && (
        <PressButton act="back" look="secondary">
          {texts.buttons.back}
        </PressButton>
      )}
      {forward && (
        <PressButton act={forward} look="primary">
          {forwardText ?? texts.buttons.next}
        </PressButton>
      )}
    </>
  );
}
