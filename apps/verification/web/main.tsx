/** 問い合わせサイト in the browser. */
import '@digital-go-jp/design-tokens/dist/tokens.css';
import '@fontsource-variable/noto-sans-jp/wght.css';
import './styles/base.css';
import './styles/screens.css';
import './styles/print.css';
import type { SiteAnswer, SiteRefusal } from '@machikado/protocol';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';

/** A form of another page was answered with this page: what was found stands in it. */
function answerInPage(): SiteAnswer | SiteRefusal | undefined {
  const text = document.getElementById('answer')?.textContent;
  return text ? JSON.parse(text) : undefined;
}

const root = document.getElementById('root');
if (root) createRoot(root).render(<App found={answerInPage()} />);
