/**
 * What can act, ask, fetch, carry or hide something, wherever in the file it stands, reachable or not. Nothing of it would be taken
 * over; it is refused all the same, because its maker meant the document to be more than what is printed. A place to open the
 * document at, an outline and a structure tree are left out without a word.
 */
import { isArray, type Value } from './values.ts';

const KEYS = new Set([
  ...['JS', 'JavaScript', 'AA', 'AcroForm', 'XFA', 'Collection', 'OCProperties', 'OC', 'RichMedia', 'Rendition'],
  ...['EmbeddedFile', 'EmbeddedFiles', 'EF', 'AF', 'OPI', 'Alternates', 'FFilter', 'FDecodeParms'],
]);
const ACTIONS = new Set([
  ...['JavaScript', 'Launch', 'GoToR', 'GoToE', 'SubmitForm', 'ResetForm', 'ImportData', 'Hide', 'Named', 'URI'],
  ...['Sound', 'Movie', 'Rendition', 'RichMediaExecute', 'GoTo3DView', 'SetOCGState', 'Trans', 'Thread'],
]);
const TYPES = new Set(['Filespec', 'F', 'EmbeddedFile', 'OCG', 'OCMD', 'Annot', 'Sig']);

export function isActive(key: string, value: Value): boolean {
  if (KEYS.has(key)) return true;
  if (key === 'S') return typeof value === 'string' && ACTIONS.has(value);
  if (key === 'Type') return typeof value === 'string' && TYPES.has(value);
  // Drawn over the page, or a link that nobody can follow on paper.
  return key === 'Annots' && (!isArray(value) || value.length > 0);
}
