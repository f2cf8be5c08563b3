/** 言語 (seed 4.1 ⑤): each language by its own name. */
import { languageNames, languages } from '@machikado/ui';
import { useGlass } from '../glass.tsx';
import { PressButton } from './press-button.tsx';

export function LanguageMenu() {
  const { texts, language } = useGlass();
  return (
    <fieldset className="language-menu">
      <legend>
        {texts.frame.language}
        {language !== 'en' && <span lang="en"> / Language</span>}
      </legend>
      <div className="language-list">
        {languages.map((one) => (
          <PressButton key={one} act="language" value={one} look="choice" chosen={one === language} lang={one}>
            {languageNames[one]}
          </PressButton>
        ))}
      </div>
    </fieldset>
  );
}
