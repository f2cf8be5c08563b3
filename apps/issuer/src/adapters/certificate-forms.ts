/** The forms of this server. Typesetting and the second look meet here and nowhere else. */
import { inspectCertificate } from '@machikado/inspection';
import { refuse } from '@machikado/protocol';
import {
  createTypesetter,
  DoesNotFit,
  expectationOf,
  formVersionOn,
  type ResidentRecordOrder,
  readContract,
  toResidentRecordData,
} from '../forms/index.ts';
import type { CertificateContent, Forms } from '../ports.ts';

export function createForms(options: Parameters<typeof createTypesetter>[0]): Forms {
  const typesetter = createTypesetter(options);
  return {
    async typeset(content, { signal }) {
      const data = toResidentRecordData(orderOf(content));
      const formVersion = formVersionOn(content.kind, content.issuedOn);
      const typeset = await typesetter.typeset({ formVersion, data, signal }).catch(refuseWhatDoesNotFit);
      const [xMm, yMm, wMm, hMm] = readContract(formVersion).certification.sealBox;
      const freeBoxes = Array.from({ length: typeset.pages }, (_, i) => ({ page: i + 1, xMm, yMm, wMm, hMm }));
      return { ...typeset, freeBoxes };
    },
    findingsOn(reading, content) {
      const formVersion = formVersionOn(content.kind, content.issuedOn);
      const expected = expectationOf(orderOf(content), formVersion, typesetter.fonts);
      return inspectCertificate(reading, expected).map(({ code, page, where }) =>
        [code, page, where].filter((part) => part !== undefined).join(' '),
      );
    },
    textsOn(facts) {
      const blank = { mayor: { title: '', name: '', sealSvg: '' }, issueNumber: '', orderReference: '' };
      return textsIn(toResidentRecordData(orderOf({ ...facts, ...blank })));
    },
    missingGlyphs: (text) => typesetter.missingGlyphs(text),
    close: () => typesetter.close(),
  };
}

function textsIn(data: unknown): string[] {
  if (typeof data === 'string') return [data];
  return typeof data === 'object' && data !== null ? Object.values(data).flatMap(textsIn) : [];
}

/** The limits of the settings are coarser than the cells of the form; what slips through goes to the counter as well. */
function refuseWhatDoesNotFit(error: unknown): never {
  if (error instanceof DoesNotFit) refuse('USE_COUNTER', error.message, { cause: error });
  throw error;
}

function orderOf({ record, persons, mayor, ...rest }: CertificateContent): ResidentRecordOrder {
  const { scope, items, orderReference, issueNumber, issuedOn } = rest;
  const residentIds = persons.map((person) => person.residentId);
  return { record, residentIds, scope, items, orderReference, issueNumber, issuedOn, issuer: mayor };
}
