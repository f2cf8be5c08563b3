/** The forms of this server. Typesetting and the second look meet here and nowhere else. */
import { inspectCertificate } from '@machikado/inspection';
import { refuse } from '@machikado/protocol';
import {
  createTypesetter,
  DoesNotFit,
  expectationOf,
  formVersionOn,
  type ResidentRecordOrder,
  toResidentRecordData,
} from '../forms/index.ts';
import type { CertificateContent, Forms } from '../ports.ts';

export function createForms(options: Parameters<typeof createTypesetter>[0]): Forms {
  const typesetter = createTypesetter(options);
  return {
    async typeset(content, { signal }) {
      const data = toResidentRecordData(orderOf(content));
      const formVersion = formVersionOn(content.kind, content.issuedOn);
      return typesetter.typeset({ formVersion, data, signal }).catch(refuseWhatDoesNotFit);
    },
    findingsOn(reading, content) {
      const formVersion = formVersionOn(content.kind, content.issuedOn);
      const expected = expectationOf(orderOf(content), formVersion, typesetter.fonts);
      return inspectCertificate(reading, expected).map(({ code, page, where }) =>
        [code, page, where].filter((part) => part !== undefined).join(' '),
      );
    },
    missingGlyphs: (text) => typesetter.missingGlyphs(text),
    close: () => typesetter.close(),
  };
}

/** The limits of the settings are coarser than the cells of the form; what slips through goes to the counter as well. */
function refuseWhatDoesNotFit(error: unknown): never {
  if (error instanceof DoesNotFit) refuse('USE_COUNTER', error.message, { cause: error });
  throw error;
}

function orderOf({ household, persons, mayor, ...rest }: CertificateContent): ResidentRecordOrder {
  const { scope, items, orderReference, issueNumber, issuedOn } = rest;
  const residentIds = persons.map((person) => person.residentId);
  return { record: household, residentIds, scope, items, orderReference, issueNumber, issuedOn, issuer: mayor };
}
