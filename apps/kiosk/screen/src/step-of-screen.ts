/** Which of ①–⑭ a screen belongs to; none when the use is over. */
import type { ScreenName, Step } from '@machikado/ui';
import { type ScreenContext, sceneOf } from './screen-context.ts';

const stepOfDoing = {
  checking: 'pin',
  asking: 'card-away',
  preparing: 'confirm',
  opening: 'print',
  settling: 'print',
} as const;

export function stepOfScreen(screen: ScreenName, context: ScreenContext): Step | undefined {
  switch (screen) {
    case 'disconnected':
    case 'ended':
      return undefined;
    case 'region':
    case 'prefecture':
    case 'town-list':
      return 'municipality';
    case 'kind-group':
      return 'kind';
    case 'persons':
      return 'scope';
    case 'year':
    case 'caution':
      return 'items';
    case 'busy': {
      const busy = sceneOf('busy', context);
      return busy && stepOfDoing[busy.doing];
    }
    default:
      return screen;
  }
}
