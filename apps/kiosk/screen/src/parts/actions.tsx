/** 終了する・前画面へ・確定する: always in this order, always at the same place. */
import type { ReactNode } from 'react';
import type { ButtonName } from '../buttons.ts';
import { useGlass } from '../glass.tsx';
import { PressButton } from './press-button.tsx';

interface ActionsProps {
  readonly quit?: 'quit' | 'cancel' | false;
  readonly back?: boolean;
  readonly forward?: ButtonName;
  readonly forwardText?: ReactNode;
}

export function Actions({ quit = 'quit', back = false, forward, forwardText }: ActionsProps) {
  const { texts } = useGlass();
  return (
    <>
      {quit && (
        <PressButton act="quit" look="secondary">
          {texts.buttons[quit]}
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
