/** The forms of this server. Typesetting and the second look meet here and nowhere else. */
import { inspectCertificate } from '@machikado/inspection';
import { refuse } from '@machikado/protocol';
import {
  createTypesetter,
  DoesNotFit,
  expectationOf,
  formVersionOn,
  textsOn,
  typesetCertificate,
} from '../forms/index.ts';
import type { Forms } from '../ports.ts';

export function createForms(options: Parameters<typeof createTypesetter>[0]): Forms {
  const typesetter = createTypesetter(options);
  return {
    typeset: (content, { signal }) => typesetCertificate(content, typesetter, signal).catch(refuseWhatDoesNotFit),
    findingsOn(reading, content, { moved }) {
      const formVersion = formVersionOn(content.kind, content.issuedOn);
      const expected = expectationOf(content, formVersion, moved, typesetter.fonts);
      return inspectCertificate(reading, expected).map(({ code, page, where }) =>
        [code, page, where].filter((part) => part !== undefined).join(' '),
      );
    },
    textsOn,
    missingGlyphs: (text) => typesetter.missingGlyphs(text),
    close: () => typesetter.close(),
  };
}

/** What finds no place even on the 続紙 goes to the counter. */
function refuseWhatDoesNotFit(error: unknown): never {
  if (error instanceof DoesNotFit) refuse('USE_COUNTER', error.message, { cause: error });
  throw error;
}
