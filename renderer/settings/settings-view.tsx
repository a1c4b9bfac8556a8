import { showSection, usePlace } from '../state/navigation.ts';
import type { Section } from '../state/place.ts';
import { AboutSection } from './about-section.tsx';
import { AppearanceSection } from './appearance-section.tsx';
import { CallsSection } from './calls-section.tsx';
import { LineSection } from './line-section.tsx';
import { RecordingSection } from './recording-section.tsx';
import { SoundSection } from './sound-section.tsx';
import { SupervisionSection } from './supervision-section.tsx';
import { TranscriptsSection } from './transcripts-section.tsx';

const SECTIONS: readonly (readonly [Section, string, () => React.JSX.Element])[] = [
  ['line', 'Line', LineSection],
  ['calls', 'Calls', CallsSection],
  ['supervision', 'Supervision', SupervisionSection],
  ['sound', 'Sound', SoundSection],
  ['recording', 'Recording', RecordingSection],
  ['transcripts', 'Transcripts', TranscriptsSection],
  ['appearance', 'Appearance', AppearanceSection],
  ['about', 'About', AboutSection],
];

/** The settings: sections left, one of them right. Changes apply at once. */
export function SettingsView() {
  const here = usePlace(place => place.section);
  const [, title, Body] = SECTIONS.find(([section]) => section === here) ?? SECTIONS[0] ?? [];
  return (
    <>
      <nav className="list sections" aria-label="Settings sections" data-pane="list">
        {SECTIONS.map(([section, name]) => (
          <button
            key={section}
            type="button"
            className="section-name"
            aria-current={section === here ? 'page' : undefined}
            onClick={() => showSection(section)}
          >
            {name}
          </button>
        ))}
      </nav>
      <main className="panel settings" data-section={here} data-pane="settings">
        <div className="settings-page">
          <header className="settings-head">
            <h1>{title}</h1>
            <span className="second">Changes apply at once. Esc goes back.</span>
          </header>
          {Body === undefined ? null : <Body />}
        </div>
      </main>
    </>
  );
}
