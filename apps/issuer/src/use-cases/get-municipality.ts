/** The municipality that a question is about; a server answers for those it was set up for and for no other. */
import { refuse } from '@machikado/protocol';
import type { Municipalities, Municipality } from '../ports.ts';

export function getMunicipality(lgCode: string, municipalities: Municipalities): Municipality {
  return municipalities.find(lgCode) ?? refuse('MUNICIPALITY_NOT_PARTICIPATING', 'not on this issuing server');
}
