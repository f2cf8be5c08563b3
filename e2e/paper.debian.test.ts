/** The printed PDF through the eyes of programs that share nothing with ours: poppler and qpdf. */
import { execFileSync } from 'node:child_process';
import { graphemesOf } from '@machikado/domain';
import type { PersonaKey } from '@machikado/registry';
import { withPrograms } from '@machikado/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Chain, openChain } from './open-chain.ts';
import { type ChainKiosk, openKiosk } from './open-kiosk.ts';

const people: readonly PersonaKey[] = [
  'family-head',
  'foreign-alias',
  'ivs-name',
  'ivs-name-2',
  'rare-letters',
  'compatibility-letter',
  'long-name',
  'unknown-birth',
];

withPrograms(['pdftotext', 'pdffonts', 'qpdf'], 'poppler-utils qpdf', () => {
  let chain: Chain;
  let kiosk: ChainKiosk;
  beforeAll(async () => {
    chain = await openChain();
    kiosk = await openKiosk(chain);
  });
  afterAll(async () => {
    await kiosk?.close();
    await chain?.close();
  });

  test.each(people)(
    '%s: the name is on the paper letter for letter, every font is embedded, the file is sound',
    async (persona) => {
      const card = await chain.orderCard('990019', persona, { algorithm: 'ecdsa-p384-sha384' });
      await chain.passTheNight();
      const { end, paper } = await kiosk.use(card.file);
      expect(end.code).toBe('OK');
      const [sheet = ''] = paper;
      const text = execFileSync('pdftotext', ['-raw', sheet, '-'], { encoding: 'utf8' });
      const person = personOf(persona);
      const wanted = graphemesOf(person.name).filter((letter) => letter.trim() !== '');
      expect(graphemesOf(text.replace(/\s/gu, '')).join('|')).toContain(wanted.join('|'));
      const fonts = execFileSync('pdffonts', [sheet], { encoding: 'utf8' }).trim().split('\n').slice(2);
      expect(fonts.length).toBeGreaterThan(0);
      for (const font of fonts) expect(font).toMatch(/^[A-Z]{6}\+\S+.*\byes yes (yes|no)\b/);
      expect(execFileSync('qpdf', ['--check', sheet], { encoding: 'utf8' })).toContain(
        'No syntax or stream encoding errors',
      );
    },
  );

  function personOf(persona: PersonaKey) {
    const town = chain.registry.towns.find(({ lgCode }) => lgCode === '990019');
    const person = town?.households
      .flatMap(({ members }) => members)
      .find((m) => m.residentId === town.personas[persona]);
    if (!person) throw new Error('no such persona');
    return person;
  }
});
