/** Settings of the workbench. */
import { type Static, Type } from 'typebox';

const port = (description: string) => Type.Integer({ minimum: 0, maximum: 65535, description });
const text = (description: string) =>
  Type.Object(
    { ja: Type.String({ description: 'In Japanese.' }), en: Type.String({ description: 'In English.' }) },
    { additionalProperties: false, description },
  );

export const WorkbenchConfig = Type.Object(
  {
    port: port('Port of the page, on loopback.'),
    stateDir: Type.String({
      description: 'Folder in which the devices live: what they did, their trays, the log of the kiosk.',
    }),
    pageDir: Type.Optional(Type.String({ description: 'Folder of the built page. Default: `web/dist`.' })),
    cards: Type.Array(
      Type.Object(
        {
          file: Type.String({ description: 'Card file; the card itself writes it back.' }),
          label: text('What stands beside the card in the rack.'),
          note: text('What the card is good for.'),
          town: Type.String({ description: 'Name of the town that issued it, as shown.' }),
        },
        { additionalProperties: false },
      ),
      { minItems: 1, description: 'The cards in the rack, first the one that the guide begins with.' },
    ),
    kiosk: Type.Object(
      {
        command: Type.Array(Type.String(), {
          minItems: 1,
          description: 'Program and arguments that start the agent; `--config` and the file are added.',
        }),
        configFile: Type.String({
          description: 'Config file of the agent. Its `screen.port` is the only page that may be framed.',
        }),
        screenUrlFile: Type.String({ description: 'Where the agent writes the address of its screen.' }),
        readerPort: port('Where the agent waits for cards.'),
      },
      { additionalProperties: false, description: 'The kiosk whose hardware this is.' },
    ),
    devices: Type.Object(
      {
        coinUnit: port('Port of the coin unit.'),
        receiptPrinter: port('Port of the receipt printer.'),
        speaker: port('Port of the speaker.'),
        lamp: port('Port of the lamp at the card place.'),
        printer: port('Port of the printer (IPP).'),
      },
      { additionalProperties: false, description: 'Device wires, all on loopback.' },
    ),
    verificationUrl: Type.Optional(
      Type.String({
        format: 'uri',
        description: 'Address of the page of the 問い合わせサイト, to which pictures of sheets can be sent.',
      }),
    ),
    clock: Type.Object(
      {
        businessOffsetMs: Type.Integer({ description: 'How far the business clock is ahead of real time.' }),
        moved: Type.Boolean({
          description: 'Whether it was moved, because real time is outside the hours of service.',
        }),
      },
      { additionalProperties: false, description: 'The business clock of center and issuers, to be shown.' },
    ),
  },
  { additionalProperties: false },
);
export type WorkbenchConfig = Static<typeof WorkbenchConfig>;
