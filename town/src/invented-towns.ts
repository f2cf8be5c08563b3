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
          scopes: ['household', 'part', 'self'],
          items: ['relationship', 'registered-domicile'],
          copiesMax: 10,
          minimumAge: 15,
        },
      },
      tariff: {
        'resident-record': [
          { from: '2020-04-01', value: 250 },
          { from: '2024-10-01', value: 200 },
        ],
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
        rulesByKind: {
          'resident-record': [
            { days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '08:30', to: '20:00' },
            { days: ['sat', 'sun', 'holiday'], from: '09:00', to: '17:00' },
          ],
        },
      },
      kinds: {
        'resident-record': {
          scopes: ['household', 'self'],
          items: ['relationship', 'registered-domicile'],
          copiesMax: 5,
          minimumAge: 15,
        },
      },
      tariff: { 'resident-record': [{ from: '2020-04-01', value: 300 }] },
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
