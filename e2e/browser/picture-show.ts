/** One glass on which every picture of the table can be shown, in any language, size and size of text. */
import { municipalities, testMunicipalities } from '@machikado/domain';
import type { Language } from '@machikado/ui';
import { builtScreen } from './built-screen.ts';
import { buttonIn, type Glass, glassOf } from './glass.ts';
import { type Browser, type Size, sizes } from './launch-browser.ts';
import type { Picture } from './picture.ts';
import { openScriptedAgent } from './scripted-agent.ts';

export interface Look {
  readonly size: Size;
  /** In per cent, as the resident sets it. */
  readonly text?: '100' | '150' | '200';
  readonly contrast?: 'normal' | 'high';
}

export interface PictureShow {
  readonly glass: Glass;
  /** On a page of its own when it has to be walked to; otherwise the glass goes there from wherever it is. */
  show(picture: Picture): Promise<void>;
  look(look: Look): Promise<void>;
  close(): Promise<void>;
}

/** The screen at which the language can be chosen. */
const first: Picture['scene'] = { step: 'card', cards: 'none' };
/** Shown before each picture, so that it can be seen to arrive. */
const between = (scene: Picture['scene']): Picture['scene'] =>
  scene.step === 'busy' ? { step: 'card-away', reminded: false } : { step: 'busy', doing: 'checking' };

export async function openPictureShow(browser: Browser, language: Language): Promise<PictureShow> {
  const agent = await openScriptedAgent(await builtScreen(), [
    ...municipalities.values(),
    ...testMunicipalities.values(),
  ]);
  const glass = glassOf(await browser.context.newPage());
  const { page } = glass;
  let shown: Picture | undefined;

  const afresh = async () => {
    agent.show(first);
    await page.goto('about:blank');
    await page.goto(agent.url);
    await glass.at('card');
    await glass.press(`language=${language}`);
  };
  const bring = async (scene: Picture['scene']) => {
    agent.show(scene);
    await glass.at(scene.step === 'choose' ? 'kind' : scene.step);
  };
  /** Without the care of a finger: there are thousands of these. */
  const quickly = (button: string) => buttonIn(page, button).and(page.locator(':enabled')).dispatchEvent('click');
  return {
    glass,
    async show(picture) {
      const { scene, press = [], hangUp } = picture;
      if (!shown || press.length > 0 || shown.press || shown.hangUp) await afresh();
      await bring(between(scene));
      await bring(scene);
      for (const button of press) await quickly(button);
      shown = picture;
      if (!hangUp) return;
      agent.hangUp(hangUp);
      await glass.at('disconnected');
    },
    async look({ size, text = '100', contrast = 'normal' }) {
      await page.setViewportSize(sizes[size]);
      // Without an agent the settings are the usual ones.
      if (shown?.hangUp) return;
      // Under a question nothing else can be pressed.
      const asked = shown?.scene.endsInSeconds === undefined ? undefined : shown.scene;
      if (asked) await bring(between(asked));
      const { className } = await page.evaluate<{ className: string }>(
        '({ className: document.documentElement.className })',
      );
      if (!className.includes(`text-${text}`)) await quickly(`text-size=${text}`);
      // One button, for the other of the two.
      if (!className.includes(`contrast-${contrast}`)) await quickly(`contrast=${contrast}`);
      if (asked) await bring(asked);
      await page.evaluate('document.fonts.ready.then(() => undefined)');
    },
    async close() {
      await page.close();
      await agent.close();
    },
  };
}
