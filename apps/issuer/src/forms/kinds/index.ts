/** 帳票: for each kind, what is written on it, and what must be found on it. */
import type { CertificateKind } from '@machikado/protocol';
import type { ToFormContent } from '../form-content.ts';
import { expectResidentRecord } from './resident-record/expected.ts';
import { writeResidentRecord } from './resident-record/written.ts';

export interface KindForm {
  readonly written: ToFormContent;
  readonly expected: ToFormContent;
}

export const kindForms: Readonly<Partial<Record<CertificateKind, KindForm>>> = {
  'resident-record': { written: writeResidentRecord, expected: expectResidentRecord },
};

export function formOf(kind: CertificateKind): KindForm {
  const form = kindForms[kind];
  if (!form) throw new RangeError(`no form of ${kind}`);
  return form;
}
