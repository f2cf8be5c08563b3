/** An issuing server in memory. It checks nothing and answers honestly, until a test makes it lie, stall or fall silent. */
import { randomBytes } from 'node:crypto';
import {
  type CertKey,
  digestOf,
  generateSigningKey,
  nameRef,
  type SigningKey,
  selectionDigest,
  signStatement,
  subjectRef,
} from '@machikado/pki';
import {
  type BindingRecord,
  certificateKinds,
  type IssuedOrder,
  type IssuerAskOffers,
  type IssuerOrder,
  type IssuerOutcome,
  type IssuerStatus,
  type Offers,
  orderReferenceOf,
} from '@machikado/protocol';
import type { Deadline, IssuerGateway } from '../ports.ts';
import { type FakePage, fakePdf, nameBoxAt, pageDigest } from './fake-documents.ts';

/** Nobody else's name, address or digits in the test database, log or errors. */
export const canary = {
  name: '夕凪燈子',
  address: '架空県夕凪市灯台町九丁目九九番九九号',
  birth: '昭和六十三年三月三日',
};

export interface Draft {
  orderId: string;
  lgCode: string;
  copies: DraftCopy[];
}

export interface DraftCopy {
  copy: number;
  binding: BindingRecord;
  pdf: Uint8Array;
  signer: SigningKey;
}

export class FakeIssuer implements IssuerGateway {
  readonly signer = generateSigningKey();
  readonly bindingKey = new Uint8Array(randomBytes(32));
  build = 'b1'.repeat(32);
  /** Whose cert the order is for; the fake does not read it from the proof. */
  subject: CertKey | undefined;
  pagesPerCopy = 1;
  readonly orders: IssuerOrder[] = [];
  readonly outcomes: IssuerOutcome[] = [];

  onOrder: (order: IssuerOrder, deadline: Deadline) => Promise<void> | void = () => undefined;
  tamper: (draft: Draft, order: IssuerOrder) => void = () => undefined;
  onOffers: (offers: Offers) => Offers | Promise<Offers> = (offers) => offers;
  onOutcome: (outcome: IssuerOutcome) => Promise<void> | void = () => undefined;
  onStatus: (status: IssuerStatus) => readonly IssuerStatus[] = (status) => [status];

  async askOffers(_town: unknown, { sessionId, lgCode }: IssuerAskOffers): Promise<Offers> {
    return this.onOffers({
      sessionId,
      lgCode,
      persons: [{ personRef: 'aa'.repeat(16), name: canary.name, isSelf: true }],
      offers: certificateKinds.map((kind) => ({
        ...{ kind, scopes: ['self'], items: [], feeYen: 300, copiesMax: 10 },
        ...(kind.startsWith('tax-') && { fiscalYears: [2026] }),
      })),
    });
  }

  async order(town: { readonly lgCode: string }, order: IssuerOrder, deadline: Deadline): Promise<IssuedOrder> {
    this.orders.push(order);
    await this.onOrder(order, deadline);
    const copies = Array.from({ length: order.selection.copies }, (_, i) => this.#draftCopy(order, i + 1));
    const draft: Draft = { orderId: order.orderId, lgCode: town.lgCode, copies };
    this.tamper(draft, order);
    return {
      orderId: draft.orderId,
      lgCode: draft.lgCode,
      copies: await Promise.all(
        draft.copies.map(async ({ copy, binding, pdf, signer }) => ({
          copy,
          bindingRecord: await signStatement('machikado-binding', binding, signer),
          pdf: Buffer.from(pdf).toString('base64'),
        })),
      ),
    };
  }

  async reportOutcome(_town: unknown, outcome: IssuerOutcome): Promise<void> {
    await this.onOutcome(outcome);
    this.outcomes.push(outcome);
  }

  async readStatus({ lgCode }: { readonly lgCode: string }): Promise<readonly IssuerStatus[]> {
    const kinds = certificateKinds.map((kind) => ({ kind, open: true }));
    return this.onStatus({ build: this.build, municipalities: [{ lgCode, name: '夕凪市', kinds }] });
  }

  #draftCopy({ orderId, lgCode, selection }: IssuerOrder, copy: number): DraftCopy {
    if (!this.subject) throw new Error('the test has not said whose order it is');
    const of = this.pagesPerCopy;
    const orderReference = orderReferenceOf(orderId);
    const pages = Array.from(
      { length: of },
      (_, i): FakePage => ({
        margin: `${orderReference} ${i + 1} / ${of}`,
        names: [canary.name],
        address: canary.address,
      }),
    );
    const pdf = fakePdf(pages);
    const binding: BindingRecord = {
      v: 1,
      lgCode,
      orderId,
      orderReference,
      copy,
      issueNumber: randomBytes(8).toString('hex'),
      kind: selection.kind,
      formVersion: '2025-01-01',
      subjectRef: subjectRef(this.bindingKey, orderId, this.subject),
      selectionDigest: selectionDigest(orderId, selection),
      recordVersion: 'v7',
      feeYen: selection.feeYen / selection.copies,
      pdfDigest: digestOf(pdf),
      pages: pages.map((page, i) => ({ page: i + 1, of, digest: pageDigest(page) })),
      freeBoxes: [],
      nameBoxes: pages.map((_, i) => ({
        ...nameBoxAt(i + 1, 0),
        nameRef: nameRef(this.bindingKey, orderId, canary.name),
      })),
      build: this.build,
      issuedAt: '2026-06-03T03:00:00.000Z',
    };
    return { copy, binding, pdf, signer: this.signer };
  }
}
