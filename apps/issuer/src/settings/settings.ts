/**
 * Settings of one municipality, a JSON file that staff own: what it issues, when, for how much and in whose name. Fees and
 * mayors are effective-dated, so a change needs no stop. Unknown keys are refused; `npm run issuer -- check-settings` explains.
 */
import { certificateKinds, Instant, LgCode, RecordItem, Scope, Yen } from '@machikado/protocol';
import { type Static, type TProperties, type TSchema, Type } from 'typebox';

const Group = <P extends TProperties>(properties: P, description: string) =>
  Type.Object(properties, { additionalProperties: false, description });
const PerKind = <S extends TSchema>(schema: S, description: string) =>
  Type.Object(
    Object.fromEntries(certificateKinds.map((kind) => [kind, Type.Optional(schema)])) as Record<
      (typeof certificateKinds)[number],
      ReturnType<typeof Type.Optional<S>>
    >,
    // The README shows one kind for all of them.
    { additionalProperties: false, description, keyName: 'kind' },
  );
const Day = Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\d$', description: 'First day (JST).' });
const Since = <S extends TSchema>(value: S, description: string) =>
  Type.Array(Group({ from: Day, value }, 'Holds from that day on.'), { minItems: 1, description });
const TimeOfDay = Type.String({ pattern: '^([01]\\d:[0-5]\\d|2[0-3]:[0-5]\\d|24:00)$', description: 'HH:MM JST.' });
const OpeningRules = Type.Array(
  Group(
    {
      days: Type.Array(
        Type.Enum(['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'holiday'] as const, { description: 'Day.' }),
        { minItems: 1, description: 'Days; on a holiday only `holiday` counts.' },
      ),
      from: TimeOfDay,
      to: TimeOfDay,
    },
    'Open on these days from … to ….',
  ),
  { description: 'Open on which days, from when to when; an empty list: never.' },
);

export const MunicipalitySettings = Group(
  {
    lgCode: LgCode,
    name: Type.String({ minLength: 1, maxLength: 40, description: 'As shown on the kiosk.' }),
    hours: Group(
      {
        rules: Type.Optional(OpeningRules),
        rulesByKind: Type.Optional(PerKind(OpeningRules, 'Kinds with hours of their own.')),
        closures: Type.Optional(
          Type.Array(
            Group(
              {
                from: Instant,
                to: Type.Optional(Instant),
                kinds: Type.Optional(
                  Type.Array(Type.Enum([...certificateKinds], { description: 'Kind.' }), {
                    description: 'Default all.',
                  }),
                ),
              },
              'Maintenance; without `to` until it is taken out.',
            ),
          ),
        ),
      },
      'Narrows the hours of the center (6:30–23:00, closed 12/29–1/3); never widens them.',
    ),
    kinds: PerKind(
      Group(
        {
          scopes: Type.Array(Scope, { minItems: 1, uniqueItems: true, description: '交付種別 on the menu.' }),
          items: Type.Array(RecordItem, { uniqueItems: true, description: '記載事項 that may be switched on.' }),
          copiesMax: Type.Integer({ minimum: 1, maximum: 20, description: 'Most copies of one order.' }),
          minimumAge: Type.Optional(
            Type.Integer({
              minimum: 1,
              maximum: 20,
              description: 'Applicants below this age use the counter; absent: no limit.',
            }),
          ),
          fiscalYears: Type.Optional(
            Group(
              {
                count: Type.Integer({
                  minimum: 1,
                  maximum: 10,
                  description: 'So many, the newest and those before it.',
                }),
                newFrom: Type.String({
                  pattern: '^(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$',
                  description: 'MM-DD: from this day of each year the 年度 that began in April is the newest.',
                }),
              },
              'Needed by the tax kinds, and by no other: 年度 on the menu.',
            ),
          ),
        },
        'How one kind is issued.',
      ),
      'Kinds that are issued at kiosks.',
    ),
    tariff: PerKind(Since(Yen, '手数料 of one copy.'), 'Fees.'),
    mayors: Since(
      Group(
        {
          title: Type.String({ minLength: 1, maxLength: 40, description: '職名, also of a 職務代理者.' }),
          name: Type.String({ minLength: 1, maxLength: 60, description: '氏名.' }),
          sealFile: Type.String({ minLength: 1, description: '公印, a square SVG without text.' }),
        },
        'In whose name certificates are issued.',
      ),
      '市区町村長, or who acts for them.',
    ),
    formsDir: Type.Optional(
      Type.String({
        minLength: 1,
        description:
          '帳票 of its own: a folder of all kinds that it issues, of the shape of apps/issuer/forms; absent: the forms of the build.',
      }),
    ),
    lettersFiles: Type.Optional(
      Type.Array(Type.String({ minLength: 1 }), {
        description: '外字表: which font draws which private-use letter. The national one, the municipality’s own.',
      }),
    ),
    limits: Group(
      {
        nameLettersMax: Type.Integer({ minimum: 10, maximum: 200, description: 'Of a name.' }),
        addressLettersMax: Type.Integer({ minimum: 20, maximum: 400, description: 'Of an address.' }),
      },
      'Longer texts go to the counter, in letters as people see them.',
    ),
    nightlyFeed: Group(
      {
        at: TimeOfDay,
        staleAfterHours: Type.Integer({ minimum: 1, maximum: 240, description: 'An older feed stops all issuing.' }),
      },
      'When the registry’s feed is followed.',
    ),
    sessionLimits: Group(
      {
        offers: Type.Integer({ minimum: 1, maximum: 200, description: 'Questions for offers.' }),
        orders: Type.Integer({ minimum: 1, maximum: 50, description: 'Orders.' }),
      },
      'How often one proof of a cardholder can be used.',
    ),
  },
  'Settings of one municipality.',
);
export type MunicipalitySettings = Static<typeof MunicipalitySettings>;
