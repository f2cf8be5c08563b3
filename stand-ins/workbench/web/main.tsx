/** 作業台 in the browser. */
import '@digital-go-jp/design-tokens/dist/tokens.css';
import '@fontsource-variable/noto-sans-jp/wght.css';
import './styles/base.css';
import './styles/layout.css';
import './styles/guide.css';
import './styles/devices.css';
import './styles/sheets.css';
import './styles/trials.css';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';

const root = document.getElementById('root');
if (root) createRoot(root).render(<App />);
