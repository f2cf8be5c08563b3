/**
 * Every message between kiosk and center (PR-…) and between center and issuer (IS-…, DR-…). One schema gives validator, type
 * and OpenAPI document. Unknown members are refused.
 */
import { type Static, type TProperties, Type } from 'typebox';
import {
  Base64,
  Instant,
  IssueNumber,
  Jws,
  LgCode,
  OrderId,
  OrderReference,
  PersonRef,
  Position,
  SessionId,
  Sha256,
  Yen,
} from './identifiers.ts';

const Message = <P extends TProperties>(properties: P, description: string) =>
  Type.Object(properties, { additionalProperties: false, description });
const OneOf = <const T extends readonly string[]>(values: T, description = '') =>
  Type.Enum<[...T]>([...values], { description });

export const certificateKinds = [
  'resident-record',
  'resident-record-items',
  'seal-registration',
  'tax-income',
  'tax-assessment',
  'tax-exemption',
  'tax-income-assessment',
  'tax-payment',
  'koseki-full',
  'koseki-individual',
  'koseki-address-history',
] as const;
export const CertificateKind = OneOf(
  certificateKinds,
  [
    '証明書の種別: resident-record = 住民票の写し, resident-record-items = 住民票記載事項証明書, seal-registration = 印鑑登録証明書',
    'tax-income = 所得証明書, tax-assessment = 課税証明書, tax-exemption = 非課税証明書, tax-income-assessment = 所得課税証明書, tax-payment = 納税証明書',
    'koseki-full = 戸籍全部事項証明書, koseki-individual = 戸籍個人事項証明書, koseki-address-history = 戸籍の附票の写し.',
  ].join(', '),
);

/** 交付種別: all of the household (or of the 戸籍), some of it, or the applicant alone. */
export const scopes = ['household', 'part', 'self'] as const;
export const Scope = OneOf(
  scopes,
  '交付種別: household = 世帯全員 (of a 戸籍: 全部), part = 世帯の一部 (of a 戸籍: 一部), self = 本人のみ.',
);

/** 記載事項 that may be switched on; off is the default. */
export const recordItems = [
  'relationship',
  'registered-domicile',
  'my-number',
  'previous-address',
  'foreign-resident-items',
  'birth',
  'sex',
  'resident-since',
  'overseas-elector',
] as const;
export const RecordItem = OneOf(
  recordItems,
  [
    '記載事項: relationship = 世帯主・続柄, registered-domicile = 本籍・筆頭者, my-number = 個人番号, previous-address = 前住所',
    'foreign-resident-items = 国籍・地域, 在留資格 and the other items of 外国人住民, birth = 生年月日, sex = 性別',
    'resident-since = 住民となった年月日, overseas-elector = 在外選挙人名簿登録.',
  ].join(', '),
);

/** 年度, named by the year in which it begins. */
export const FiscalYear = Type.Integer({
  minimum: 2000,
  maximum: 2200,
  description: '年度: 2026 = 令和8年度, from April 2026.',
});

export const roles = ['residence', 'registered-domicile'] as const;
export const Role = OneOf(roles, 'residence = 住所地, registered-domicile = 本籍地.');
export const signatureAlgorithms = ['rsa-pkcs1-sha256', 'ecdsa-p384-sha384'] as const;
export const SignatureAlgorithm = OneOf(signatureAlgorithms, 'Algorithm of the card’s key.');
export const copyOutcomes = ['output', 'uncertain', 'not-output'] as const;
export const CopyOutcome = OneOf(copyOutcomes, 'What became of one copy.');

export const ErrorReply = Message(
  {
    error: Message(
      {
        code: Type.String({ pattern: '^[A-Z_]+$' }),
        retry: OneOf(['never', 'later', 'new-order', 'same-request'] as const),
        requestId: Type.String({ maxLength: 64 }),
      },
      'The refusal.',
    ),
  },
  'Every refusal, of every server. No other text crosses the wire.',
);

// PR-STATUS
export const KindStatus = Message(
  {
    kind: CertificateKind,
    open: Type.Boolean(),
    reason: Type.Optional(OneOf(['closed', 'suspended', 'unavailable'] as const)),
    opensAt: Type.Optional(Instant),
  },
  'Whether a kind is issued now. `opensAt`: closed, and when an order may begin again, as far as hours and announced closures say; nobody can say it of suspended and unavailable.',
);
export const MunicipalityStatus = Message(
  { lgCode: LgCode, name: Type.String({ maxLength: 40 }), kinds: Type.Array(KindStatus, { maxItems: 20 }) },
  'One participating municipality.',
);
export const StatusReply = Message(
  {
    centerId: Type.String({ maxLength: 40 }),
    businessTime: Instant,
    open: Type.Boolean(),
    reason: Type.Optional(OneOf(['revocation-unavailable'] as const, 'Why nobody is let in within its hours.')),
    opensAt: Type.Optional(Instant),
    municipalities: Type.Array(MunicipalityStatus, { maxItems: 2000 }),
  },
  'Honest status before PIN and money. `opensAt`: the center is closed until then; a municipality may open later. `reason`: nobody can be let in now, because the OCSP responder gives no usable answer.',
);

// PR-BEGIN, PR-PROVE
export const BeginSession = Message({}, 'Opens a session; everything else comes from the connection.');
export const Challenge = Message(
  {
    sessionId: SessionId,
    centerId: Type.String({ maxLength: 40 }),
    operatorId: Type.String({ maxLength: 40 }),
    kioskId: Type.String({ maxLength: 40 }),
    nonce: Sha256,
    expiresAt: Instant,
  },
  'Single-use challenge. The kiosk builds the login message itself and adds the exporter of its own TLS connection.',
);
export const ProveSession = Message(
  {
    authCert: Base64(4096, 'DER of the userAuthCert.'),
    algorithm: SignatureAlgorithm,
    signature: Base64(512, 'The card’s signature over the login message.'),
  },
  'The card’s answer. Must come on the TCP connection of the challenge.',
);
/** Everything by which a verifier can check the cardholder’s proof again. Held by the kiosk in memory; nobody else keeps it. */
export const ProofBundle = Message(
  {
    authCert: Base64(4096, 'DER of the userAuthCert.'),
    algorithm: SignatureAlgorithm,
    message: Base64(1024, 'The login message that the card signed.'),
    signature: Base64(512, 'The card’s signature.'),
    ocspResponse: Base64(8192, 'DER of the OCSP response whose nonce is bound to message and signature.'),
  },
  'The cardholder’s proof.',
);
export const ProvenSession = Message(
  {
    proof: ProofBundle,
    municipalities: Type.Array(Message({ lgCode: LgCode, role: Role }, 'A municipality that knows this cert.'), {
      maxItems: 8,
    }),
    expiresAt: Instant,
  },
  'The session is proven until expiresAt.',
);

// PR-OFFERS
export const AskOffers = Message(
  { lgCode: LgCode, proof: ProofBundle },
  'What may this resident have from this municipality?',
);
export const OfferedPerson = Message(
  { personRef: PersonRef, name: Type.String({ maxLength: 400 }), isSelf: Type.Boolean() },
  'A person who can stand on the certificate, by the name that will be printed.',
);
export const Offer = Message(
  {
    kind: CertificateKind,
    scopes: Type.Array(Scope, { minItems: 1, maxItems: 3 }),
    items: Type.Array(RecordItem, { maxItems: 10 }),
    /** Absent: the kind knows no 年度. */
    fiscalYears: Type.Optional(Type.Array(FiscalYear, { minItems: 1, maxItems: 10, uniqueItems: true })),
    /** Who can stand on this kind; absent: everybody in `persons`. */
    personRefs: Type.Optional(Type.Array(PersonRef, { minItems: 1, maxItems: 60, uniqueItems: true })),
    feeYen: Yen,
    copiesMax: Type.Integer({ minimum: 1, maximum: 20 }),
  },
  'One kind on the menu. Which kinds stand there depends on the municipality and the role of the login alone.',
);
export const Offers = Message(
  {
    sessionId: SessionId,
    lgCode: LgCode,
    persons: Type.Array(OfferedPerson, { minItems: 1, maxItems: 60 }),
    offers: Type.Array(Offer, { maxItems: 20 }),
  },
  'The offers.',
);

// PR-ORDER
export const Selection = Message(
  {
    kind: CertificateKind,
    scope: Scope,
    personRefs: Type.Array(PersonRef, { minItems: 1, maxItems: 60, uniqueItems: true }),
    items: Type.Array(RecordItem, { maxItems: 10, uniqueItems: true }),
    /** As offered; absent where the kind knows none. */
    fiscalYear: Type.Optional(FiscalYear),
    copies: Type.Integer({ minimum: 1, maximum: 20 }),
    feeYen: Yen,
  },
  'What the resident confirmed. feeYen is the sum over all copies.',
);
export const PlaceOrder = Message(
  {
    orderId: OrderId,
    sessionId: SessionId,
    lgCode: LgCode,
    proof: ProofBundle,
    selection: Selection,
    replaces: Type.Optional(OrderId),
  },
  'An order. `replaces` names the dead order that this one takes the place of.',
);
export const SealedCopy = Message(
  {
    copy: Type.Integer({ minimum: 1, maximum: 20 }),
    ciphertext: Base64(16_000_000, 'iv ‖ AES-256-GCM ciphertext ‖ tag.'),
    kioskShare: Base64(32, 'The kiosk’s half of the content key.'),
  },
  'One copy that nobody can open alone.',
);
export const SealedOrder = Message(
  {
    orderId: OrderId,
    manifest: Jws(200_000, 'Seal manifest of the center.'),
    copies: Type.Array(SealedCopy, { minItems: 1, maxItems: 20 }),
  },
  'The sealed order.',
);

// PR-PAYMENT, PR-CANCEL, PR-OUTCOME
export const ReportPayment = Message(
  { depositYen: Yen, manifestDigest: Sha256 },
  'The fee lies in escrow at the coin unit; the sheets were found whole.',
);
export const ReleasedShare = Message(
  { copy: Type.Integer({ minimum: 1, maximum: 20 }), centerShare: Base64(32, 'The center’s half of the content key.') },
  'The other half.',
);
export const ReleasedShares = Message(
  { orderId: OrderId, shares: Type.Array(ReleasedShare, { minItems: 1, maxItems: 20 }) },
  'Same key, same answer, until the outcome.',
);
export const CancelOrder = Message(
  { reason: OneOf(['resident', 'timeout', 'device', 'check-failed', 'recovery'] as const), depositPayableYen: Yen },
  'Gives up an order that is not paid. depositPayableYen = coins that the unit could not give back: owed to the resident.',
);
export const ReportOutcome = Message(
  {
    copies: Type.Array(
      Message(
        {
          copy: Type.Integer({ minimum: 1, maximum: 20 }),
          outcome: CopyOutcome,
          sheetsOut: Type.Integer({ minimum: 0, maximum: 400 }),
        },
        'One copy.',
      ),
      { minItems: 1, maxItems: 20 },
    ),
    refundedYen: Yen,
    refundPayableYen: Yen,
    changePayableYen: Yen,
  },
  'What came out, and what became of the money for what did not. refundPayableYen = no coins left for the refund, changePayableYen = none left for the change of the deposit: both are owed to the resident.',
);
export const OrderStatus = Message(
  {
    orderId: OrderId,
    state: OneOf(['requested', 'sealed', 'paid', 'settled', 'failed', 'cancelled'] as const),
    feeYen: Yen,
    copies: Type.Array(
      Message(
        {
          copy: Type.Integer(),
          state: OneOf(['sealed', 'released', 'output', 'uncertain', 'not-output', 'void'] as const),
        },
        'One copy.',
      ),
      { maxItems: 20 },
    ),
  },
  'Where an order stands.',
);
export const EndSession = Message({}, 'The use is over.');
export const Acknowledged = Message({ ok: Type.Literal(true) }, 'Done.');

// IS-OFFERS, IS-ORDER, IS-OUTCOME: center → issuer
export const IssuerAskOffers = Message(
  { sessionId: SessionId, lgCode: LgCode, proof: ProofBundle },
  'Relayed question for the offers.',
);
export const IssuerOrder = Message(
  {
    orderId: OrderId,
    sessionId: SessionId,
    lgCode: LgCode,
    test: Type.Boolean(),
    proof: ProofBundle,
    selection: Selection,
  },
  'Relayed order.',
);
export const IssuedCopy = Message(
  {
    copy: Type.Integer({ minimum: 1, maximum: 20 }),
    bindingRecord: Jws(60_000, 'Binding record of the issuing server.'),
    pdf: Base64(8_000_000, 'The finished document.'),
  },
  'Never bare bytes: a copy travels with its binding record.',
);
export const IssuedOrder = Message(
  { orderId: OrderId, lgCode: LgCode, copies: Type.Array(IssuedCopy, { minItems: 1, maxItems: 20 }) },
  'Issued copies.',
);
export const IssuerOutcome = Message(
  {
    orderId: OrderId,
    lgCode: LgCode,
    copies: Type.Array(
      Message({ issueNumber: IssueNumber, outcome: OneOf(['output', 'cancelled'] as const) }, 'One copy.'),
      { maxItems: 20 },
    ),
  },
  'What became of each issue number; `orderId` is that of the path. An empty list: the order died before the center knew its numbers; all of them are cancelled, and the order never begins any more. Repeats are harmless; cancelled is terminal.',
);
export const IssuerStatus = Message(
  {
    build: Sha256,
    municipalities: Type.Array(
      Message(
        { lgCode: LgCode, name: Type.String({ maxLength: 40 }), kinds: Type.Array(KindStatus, { maxItems: 20 }) },
        'One municipality on this issuing server.',
      ),
      { maxItems: 200 },
    ),
  },
  'What this issuing server serves now.',
);

// DR-PUBLISH: issuer → center
export const DirectoryEntry = Message(
  { certRef: Sha256, role: Role, version: Position(1), active: Type.Boolean() },
  'One cert that a municipality knows (or no longer knows). certRef = HMAC(directory key, F(machikado/cert-ref/v1, anchor, serial)), see docs/protocol. A lower version never overwrites a higher one.',
);
export const PublishDirectory = Message(
  { lgCode: LgCode, entries: Type.Array(DirectoryEntry, { minItems: 1, maxItems: 2000 }) },
  '利用者登録, without anything that names a person.',
);

// VF-CANCELLATIONS: center → verification site
export const PublishCancellations = Message(
  { list: Jws(20_000_000, 'Cancellation list of the center.') },
  'Pushed outward: whoever can be reached by the public has no way in.',
);
export const CancellationsHeld = Message(
  { version: Position(1) },
  'The version that the site holds from now on: a list with a lower one changes nothing.',
);

// What is signed inside the JWS
export const NameBox = Message(
  {
    page: Type.Integer({ minimum: 1 }),
    xMm: Type.Number(),
    yMm: Type.Number(),
    wMm: Type.Number(),
    hMm: Type.Number(),
    nameRef: Sha256,
  },
  'Where a name stands on the page, from the top left corner, and the reference of the name, see docs/protocol.',
);
export const FreeBox = Message(
  {
    page: Type.Integer({ minimum: 1 }),
    xMm: Type.Number(),
    yMm: Type.Number(),
    wMm: Type.Number(),
    hMm: Type.Number(),
  },
  'Where けん制文字 must not come: 公印, 印影.',
);
export const PageRecord = Message(
  { page: Type.Integer({ minimum: 1 }), of: Type.Integer({ minimum: 1 }), digest: Sha256 },
  'One page; digest of its 200-dpi grey raster (see packages/inspection).',
);
export const BindingRecord = Message(
  {
    v: Type.Literal(1),
    lgCode: LgCode,
    orderId: OrderId,
    orderReference: OrderReference,
    copy: Type.Integer({ minimum: 1, maximum: 20 }),
    issueNumber: IssueNumber,
    kind: CertificateKind,
    formVersion: Type.String({ maxLength: 40 }),
    subjectRef: Sha256,
    selectionDigest: Sha256,
    recordVersion: Type.String({ maxLength: 80 }),
    feeYen: Yen,
    pdfDigest: Sha256,
    pages: Type.Array(PageRecord, { minItems: 1, maxItems: 40 }),
    nameBoxes: Type.Array(NameBox, { minItems: 1, maxItems: 60 }),
    /** Seals and codes: nothing may be laid over them. */
    freeBoxes: Type.Array(FreeBox, { maxItems: 200 }),
    build: Sha256,
    issuedAt: Instant,
  },
  '結び付けの記録: what the issuing server says this document is. feeYen is the fee of this copy.',
);
export const SealedSheet = Message(
  {
    copy: Type.Integer({ minimum: 1 }),
    sheet: Type.Integer({ minimum: 1 }),
    of: Type.Integer({ minimum: 1 }),
  },
  'One sheet of paper, front and back: copy, n of N. Sheet n is pages 2n − 1 and 2n of the document.',
);
export const SealManifest = Message(
  {
    v: Type.Literal(1),
    centerId: Type.String({ maxLength: 40 }),
    kioskId: Type.String({ maxLength: 40 }),
    sessionId: SessionId,
    orderId: OrderId,
    orderReference: OrderReference,
    lgCode: LgCode,
    kind: CertificateKind,
    selectionDigest: Sha256,
    test: Type.Boolean(),
    feeYen: Yen,
    copies: Type.Array(
      Message(
        {
          copy: Type.Integer({ minimum: 1 }),
          issueNumber: IssueNumber,
          feeYen: Yen,
          bindingDigest: Sha256,
          ciphertextDigest: Sha256,
          /** Of the document as it is printed, which is not the issuing server’s any more. */
          pdfDigest: Sha256,
          /** `page` is the sheet on whose front it stands. */
          nameBoxes: Type.Array(NameBox, { minItems: 1, maxItems: 60 }),
        },
        'One copy.',
      ),
      { minItems: 1, maxItems: 20 },
    ),
    sheets: Type.Array(SealedSheet, { minItems: 1, maxItems: 400 }),
    sealedAt: Instant,
    expiresAt: Instant,
  },
  '封印目録: what the center sealed, for the kiosk to compare before money is fixed and again before paper.',
);

export const CancellationList = Message(
  {
    v: Type.Literal(1),
    centerId: Type.String({ maxLength: 40 }),
    /** How many copies were ever cancelled, and one. Only ever goes up: a late or repeated list brings nothing back. */
    version: Position(1),
    issuedAt: Instant,
    /** Ascending. Of more than it has room for the newest. */
    entries: Type.Array(Sha256, { maxItems: 200_000 }),
  },
  '失効一覧: copies that are good for nothing, whether or not they came out; SHA-256 of `lgCode:issueNumber` each. One with fewer entries than its version less one does not hold all of them.',
);

export type CertificateKind = Static<typeof CertificateKind>;
export type Scope = Static<typeof Scope>;
export type RecordItem = Static<typeof RecordItem>;
export type FiscalYear = Static<typeof FiscalYear>;
export type FreeBox = Static<typeof FreeBox>;
export type Role = Static<typeof Role>;
export type SignatureAlgorithm = Static<typeof SignatureAlgorithm>;
export type CopyOutcome = Static<typeof CopyOutcome>;
export type ErrorReply = Static<typeof ErrorReply>;
export type KindStatus = Static<typeof KindStatus>;
export type MunicipalityStatus = Static<typeof MunicipalityStatus>;
export type StatusReply = Static<typeof StatusReply>;
export type Challenge = Static<typeof Challenge>;
export type ProveSession = Static<typeof ProveSession>;
export type ProofBundle = Static<typeof ProofBundle>;
export type ProvenSession = Static<typeof ProvenSession>;
export type AskOffers = Static<typeof AskOffers>;
export type OfferedPerson = Static<typeof OfferedPerson>;
export type Offer = Static<typeof Offer>;
export type Offers = Static<typeof Offers>;
export type Selection = Static<typeof Selection>;
export type PlaceOrder = Static<typeof PlaceOrder>;
export type SealedCopy = Static<typeof SealedCopy>;
export type SealedOrder = Static<typeof SealedOrder>;
export type ReportPayment = Static<typeof ReportPayment>;
export type ReleasedShares = Static<typeof ReleasedShares>;
export type CancelOrder = Static<typeof CancelOrder>;
export type ReportOutcome = Static<typeof ReportOutcome>;
export type OrderStatus = Static<typeof OrderStatus>;
export type IssuerAskOffers = Static<typeof IssuerAskOffers>;
export type IssuerOrder = Static<typeof IssuerOrder>;
export type IssuedCopy = Static<typeof IssuedCopy>;
export type IssuedOrder = Static<typeof IssuedOrder>;
export type IssuerOutcome = Static<typeof IssuerOutcome>;
export type IssuerStatus = Static<typeof IssuerStatus>;
export type DirectoryEntry = Static<typeof DirectoryEntry>;
export type PublishDirectory = Static<typeof PublishDirectory>;
export type NameBox = Static<typeof NameBox>;
export type PageRecord = Static<typeof PageRecord>;
export type BindingRecord = Static<typeof BindingRecord>;
export type PublishCancellations = Static<typeof PublishCancellations>;
export type CancellationsHeld = Static<typeof CancellationsHeld>;
export type CancellationList = Static<typeof CancellationList>;
export type SealedSheet = Static<typeof SealedSheet>;
export type SealManifest = Static<typeof SealManifest>;
