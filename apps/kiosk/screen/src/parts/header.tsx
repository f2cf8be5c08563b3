/** The head of every screen: the service, where in ①–⑭ this is, and 見やすさ. */
import { contrasts, stepMarks, stepOrder, textSizes } from '@machikado/ui';
import { useGlass } from '../glass.tsx';
import { stepOfScreen } from '../step-of-screen.ts';
import { PressButton } from './press-button.tsx';

export function Header() {
  const { texts, screen } = useGlass();
  return (
    <header className="header">
      <div className="where">
        <p className="service">{texts.service}</p>
        <Progress />
      </div>
      {screen !== 'disconnected' && <Sight />}
    </header>
  );
}

function Progress() {
  const { texts, screen, context } = useGlass();
  const step = stepOfScreen(screen, context);
  if (!step) return null;
  const at = stepOrder.indexOf(step);
  const title = texts.steps[step];
  return (
    <div className="progress">
      <p className="progress-text">
        <span aria-hidden="true">
          {stepMarks[step]} {title}
        </span>
        <span className="unseen">{texts.frame.progress(at + 1, stepOrder.length, title)}</span>
      </p>
      <ol className="progress-line" aria-hidden="true">
        {stepOrder.map((one, i) => (
          <li key={one} className={i < at ? 'done' : i === at ? 'here' : 'ahead'} />
        ))}
      </ol>
    </div>
  );
}

function Sight() {
  const { texts, context } = useGlass();
  const { textSize, contrast } = context.settings;
  const { frame } = texts;
  return (
    <div className="sight">
      <fieldset className="tool-group">
        <legend className="unseen">{frame.textSize}</legend>
        {textSizes.map((size) => (
          <PressButton
            key={size}
            act="text-size"
            value={size}
            look="tool"
            chosen={size === textSize}
            label={`${frame.textSize} ${frame.textSizes[size]}`}
          >
            <span className={`letter letter-${size}`} aria-hidden="true">
              {frame.letter}
            </span>
          </PressButton>
        ))}
      </fieldset>
      <PressButton
        act="contrast"
        value={contrasts.find((one) => one !== contrast) ?? 'normal'}
        look="tool"
        label={`${frame.contrast} ${frame.contrasts[contrast === 'normal' ? 'high' : 'normal']}`}
      >
        <span className="contrast-sign" aria-hidden="true" />
      </PressButton>
    </div>
  );
}
