/** What one kiosk has to be told. */
import { Sha256 } from '@machikado/protocol';
import type { TlsFiles } from '@machikado/server';
import { type Static, type TProperties, Type } from 'typebox';
import type { Patience } from './ports.ts';
import type { Idle } from './screen/idle-watch.ts';

export interface KioskConfig {
  readonly kioskId: string;
  /** Who takes the money, as the receipt says it. */
  readonly store?: string;
  readonly centerUrl: string;
  /** SHA-256 of the public keys (SPKI, hex) by which the center may answer; two while a key is being exchanged. */
  readonly centerPins: readonly string[];
  /** The kiosk’s own client cert, and the root under which the center’s stands. */
  readonly tls: TlsFiles;
  /** Public keys (PEM) under which the center signs seal manifests. */
  readonly sealPublicKeys: readonly string[];
  /** Journal and simulated devices live here. */
  readonly stateDir: string;
  readonly patience?: Patience;
}

export const ordinaryPatience: Patience = {
  retries: 5,
  retryMs: 1_000,
  printPollMs: 500,
  printStandstillMs: 120_000,
};

export const ordinaryIdle: Idle = { idleMs: 90_000, moreTimeMs: 30_000 };

const Section = <P extends TProperties>(properties: P, description: string) =>
  Type.Object(properties, { additionalProperties: false, description });
const File = (description: string) => Type.String({ minLength: 1, description });
const Port = (description: string) => Type.Integer({ minimum: 0, maximum: 65535, description });
const Wire = (description: string) =>
  Section({ port: Port('Where the device listens, on this machine.') }, description);
const Milliseconds = (description: string) => Type.Integer({ minimum: 1, description });

/** Settings of a kiosk with a screen, as one file. */
export const ScreenKioskConfig = Section(
  {
    kioskId: Type.String({ pattern: '^[\\x21-\\x7e]{1,40}$', description: 'As the center knows it.' }),
    store: Type.Optional(
      Type.String({ minLength: 1, maxLength: 40, description: 'Who takes the money, as it stands on the 領収書.' }),
    ),
    centerUrl: Type.String({ pattern: '^https://', description: 'Address of the center.' }),
    centerPins: Type.Array(Sha256, {
      minItems: 1,
      description:
        'SHA-256 of the public keys (SPKI) by which the center may answer; two while a key is being exchanged.',
    }),
    tls: Section(
      {
        keyFile: File('Private key, PEM.'),
        certFile: File('Client cert of this kiosk, PEM.'),
        caFile: File('CA of the center, PEM.'),
        crlFile: Type.Optional(
          File(
            'CRL of that CA, and of every CA between it and the center, PEM; one that has expired refuses every center.',
          ),
        ),
      },
      'Mutual TLS.',
    ),
    sealPublicKeys: Type.Array(Type.String(), { minItems: 1, description: 'PEM; the center seals under one of them.' }),
    stateDir: Type.String({ description: 'Journal and `screen-url`. Nothing about a person.' }),
    screen: Section(
      {
        port: Port('Of the screen, on 127.0.0.1; 0 = any free one.'),
        dir: Type.Optional(Type.String({ description: 'Built page; default `apps/kiosk/screen/dist`.' })),
        framedBy: Type.Optional(
          Type.String({ pattern: '^http://127\\.0\\.0\\.1:\\d+$', description: 'Origin of a page that may frame it.' }),
        ),
      },
      '画面.',
    ),
    devices: Section(
      {
        card: Type.Union([
          Section({ kind: Type.Literal('wire'), port: Port('Where cards connect.') }, 'Cards that are programs.'),
          Section(
            {
              kind: Type.Literal('pcsc'),
              reader: Type.Optional(Type.String({ description: 'Part of its name; default the first.' })),
            },
            'A reader at PC/SC.',
          ),
        ]),
        coinUnit: Wire('コインベンダ.'),
        receiptPrinter: Wire('領収書プリンタ.'),
        speaker: Type.Optional(Wire('音声案内; default none.')),
        lamp: Type.Optional(Wire('Lamp of the card place; default none.')),
        printer: Section(
          {
            url: Type.String({ pattern: '^ipps?://', description: '`ipp:` on this machine, otherwise `ipps:`.' }),
            caFile: Type.Optional(File('PEM of who signed the printer’s cert; default the known CAs.')),
            tray: Type.Optional(
              Type.Enum(['reported', 'asked'], {
                description:
                  'asked: the printer has no eye in its tray, the resident’s button counts. Default reported.',
              }),
            ),
          },
          '証明書を印刷する複合機.',
        ),
      },
      'Devices.',
    ),
    patience: Type.Optional(
      Section(
        {
          retries: Type.Integer({ minimum: 0, description: 'Reports about money are sent again so often.' }),
          retryMs: Milliseconds('Between them.'),
          printPollMs: Milliseconds('Between two looks at a job.'),
          printStandstillMs: Milliseconds('A job that stands still for so long is cancelled.'),
        },
        'Default: 5, 1 s, 0.5 s, 2 min.',
      ),
    ),
    idle: Type.Optional(
      Section(
        {
          idleMs: Milliseconds('Nobody touched anything for so long: 「もう少し時間がいりますか」. Default 90 s.'),
          moreTimeMs: Milliseconds('The question stands for so long. Default 30 s.'),
        },
        'How long a resident may think.',
      ),
    ),
  },
  'キオスク端末.',
);
export type ScreenKioskConfig = Static<typeof ScreenKioskConfig>;
