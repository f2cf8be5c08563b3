/**
 * 利用者 at the glass: turns what the use asks for into scenes, and acts into answers. Scenes hold nothing that their screen does not
 * show, the voice says neither digits nor names, and nothing of a person stays here when a question is over.
 */
import type { Outlook, Resident } from '../resident.ts';
import { buyAt } from './buy.ts';
import { createDesk, type DeskParts } from './desk.ts';
import { identifyAt } from './identify.ts';
import { sayGoodbyeAt } from './say-goodbye.ts';
import { welcomeAt } from './welcome.ts';

export interface ScreenParts extends DeskParts {
  /** How machine and center stood when last looked at. */
  readonly onOutlook?: (outlook: Outlook) => void;
}

export function createScreenResident({ onOutlook = () => {}, ...parts }: ScreenParts): Resident {
  const desk = createDesk(parts);
  return { ...welcomeAt(desk, onOutlook), ...identifyAt(desk), ...buyAt(desk), ...sayGoodbyeAt(desk) };
}
