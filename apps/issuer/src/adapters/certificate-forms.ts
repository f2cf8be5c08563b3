/** The forms of this server. Typesetting and the second look meet here and nowhere else. */
import { inspectCertificate } from '@machikado/inspection';
import { refuse } from '@machikado/protocol';
import {
  createTypesetter,
  DoesNotFit,
  expectationOf,
  formOn,
  missingGlyphs,
  textsOn,
  typesetCertificate,
} from '../forms/index.ts';
import type { CertificateContent, Forms } from '../ports.ts';

const NO_TABLES: NonNullable<CertificateContent['letters']> = [];

export function createForms(options: Parameters<typeof createTypesetter>[0]): Forms {
  const typesetter = createTypesetter(options);
  return {
    typeset: (content, { signal }) => typesetCertificate(content, typesetter, signal).catch(refuseWhatDoesNotFit),
    findingsOn(reading, content, { moved }) {
      const form = formOn(content.kind, content.issuedOn, content.forms);
      const expected = expectationOf(content, form, moved, typesetter.fontsFor(content.letters ?? NO_TABLES));
      return inspectCertificate(reading, expected).map(({ code, page, where }) =>
        [code, page, where].filter((part) => part !== undefined).join(' '),
      );
    },
    textsOn,
    missingGlyphs: (text, letters) => missingGlyphs(text, typesetter.fontsFor(letters)),
    close: () => typesetter.close(),
  };
}

/** What finds no place even on the 続紙 goes to the counter. */
function refuseWhatDoesNotFit(error: unknown): never {
  if (error instanceof DoesNotFit) refuse('USE_COUNTER', error.message, { cause: error });
  throw error;
}
