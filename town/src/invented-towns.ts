/** The two invented towns of the box and what each decides for itself: prefecture 99 exists nowhere. */
import type { MunicipalitySettings } from '@machikado/issuer';

export interface InventedTown {
  readonly lgCode: string;
  /** Seed of its residents: the same people on every machine. */
  readonly seed: string;
  readonly settings: MunicipalitySettings;
  /** 公印: file name in the settings → letters of the seal. */
  readonly seals: Readonly<Record<string, string>>;
}

/** 戸籍 only while its office is open. */
const familyHours = [
  { days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '09:00', to: '17:00' },
] satisfies MunicipalitySettings['hours']['rules'];
const issuedToAdults = { copiesMax: 10, minimumAge: 15 };
const forOneself = { ...issuedToAdults, scopes: ['self' as const], items: [] };
const taxOf = (count: number, newFrom: string) => ({ ...forOneself, fiscalYears: { count, newFrom } });
const always = (value: number) => [{ from: '2020-04-01', value }];

const shared = {
  sessionLimits: { offers: 20, orders: 10 },
  limits: { nameLettersMax: 60, addressLettersMax: 120 },
} as const;

export const inventedTowns: readonly InventedTown[] = [
  {
    lgCode: '990019',
    seed: 'yunagi',
    seals: { 'seal-990019.svg': '架空県夕凪市長之印' },
    settings: {
      ...shared,
      lgCode: '990019',
      name: '架空県夕凪市',
      hours: {},
      kinds: {
        'resident-record': {
          ...issuedToAdults,
          scopes: ['household', 'part', 'self'],
          items: ['relationship', 'registered-domicile', 'my-number', 'previous-address', 'foreign-resident-items'],
        },
        'resident-record-items': {
          ...issuedToAdults,
          scopes: ['household', 'part', 'self'],
          items: [
            ...(['birth', 'sex', 'relationship', 'registered-domicile', 'my-number'] as const),
            ...(['resident-since', 'previous-address', 'foreign-resident-items'] as const),
          ],
        },
        'seal-registration': forOneself,
        'tax-income': taxOf(4, '06-10'),
        'tax-assessment': taxOf(4, '06-10'),
        'tax-exemption': taxOf(4, '06-10'),
        'tax-income-assessment': taxOf(4, '06-10'),
        'tax-payment': taxOf(4, '06-10'),
        'koseki-full': { ...issuedToAdults, scopes: ['household'], items: [] },
        'koseki-individual': { ...issuedToAdults, scopes: ['part', 'self'], items: [] },
        'koseki-address-history': {
          ...issuedToAdults,
          scopes: ['household', 'part', 'self'],
          items: ['registered-domicile', 'overseas-elector'],
        },
      },
      tariff: {
        'resident-record': [
          { from: '2020-04-01', value: 250 },
          { from: '2024-10-01', value: 200 },
        ],
        'resident-record-items': always(200),
        'seal-registration': always(200),
        'tax-income': always(200),
        'tax-assessment': always(200),
        'tax-exemption': always(200),
        'tax-income-assessment': always(200),
        'tax-payment': always(200),
        'koseki-full': always(450),
        'koseki-individual': always(450),
        'koseki-address-history': always(200),
      },
      mayors: [
        { from: '2019-05-01', value: { title: '架空県夕凪市長', name: '見本 一郎', sealFile: 'seal-990019.svg' } },
        { from: '2025-05-01', value: { title: '架空県夕凪市長', name: '架空 花子', sealFile: 'seal-990019.svg' } },
      ],
      nightlyFeed: { at: '02:00', staleAfterHours: 72 },
    },
  },
  {
    lgCode: '990027',
    seed: 'muteki',
    seals: { 'seal-990027.svg': '霧笛町職務代理者印' },
    settings: {
      ...shared,
      lgCode: '990027',
      name: '架空県霧笛町',
      hours: {
        rules: [
          { days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '08:30', to: '20:00' },
          { days: ['sat', 'sun', 'holiday'], from: '09:00', to: '17:00' },
        ],
        rulesByKind: {
          'koseki-full': familyHours,
          'koseki-individual': familyHours,
          'koseki-address-history': familyHours,
        },
      },
      // 個人番号 is not managed on its issuing server, and only one certificate of the taxes is issued.
      kinds: {
        'resident-record': {
          scopes: ['household', 'self'],
          items: ['relationship', 'registered-domicile'],
          copiesMax: 5,
          minimumAge: 15,
        },
        'seal-registration': forOneself,
        'tax-income-assessment': taxOf(2, '06-01'),
        'koseki-full': { ...issuedToAdults, scopes: ['household'], items: [] },
        'koseki-individual': { ...issuedToAdults, scopes: ['self'], items: [] },
        'koseki-address-history': { ...issuedToAdults, scopes: ['household', 'self'], items: ['registered-domicile'] },
      },
      tariff: {
        'resident-record': always(300),
        'seal-registration': always(300),
        'tax-income-assessment': always(350),
        'koseki-full': always(450),
        'koseki-individual': always(450),
        'koseki-address-history': always(300),
      },
      mayors: [
        {
          from: '2022-01-01',
          value: { title: '架空県霧笛町長職務代理者副町長', name: '仮名 次郎', sealFile: 'seal-990027.svg' },
        },
      ],
      nightlyFeed: { at: '03:00', staleAfterHours: 72 },
    },
  },
];
