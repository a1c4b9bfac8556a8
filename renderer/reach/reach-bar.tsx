import { toggleMicrophone } from '../keys/desk-acts.ts';
import { showCall } from '../state/navigation.ts';
import { ModeMenu } from '../supervision/mode-menu.tsx';
import { PersonSheet } from '../supervision/person-sheet.tsx';
import { LevelMeter } from '../waveform/level-meter.tsx';
import { AskedFor } from './asked-for.tsx';
import { DeviceMenu } from './device-menu.tsx';
import { ReachActButton } from './reach-acts.tsx';
import { useReachSentence } from './use-reach-sentence.ts';

/** Who hears this desk now, at the bottom edge of every view, and what can be asked for from any of them. */
export function ReachBar() {
  const sentence = useReachSentence();
  const { reach, glyph, words, detail, aside = '', since, elsewhere, callId } = sentence;
  const heard = reach === 'customer' || reach === 'agent';
  const acts = elsewhere === null || reach === 'nobody' ? (sentence.acts ?? []) : [];
  return (
    <>
      <footer className="reach-bar" data-pane="reach">
        <div
          className="reach"
          role={reach === 'customer' ? 'alert' : 'status'}
          aria-live={reach === 'customer' ? 'assertive' : 'polite'}
          data-reach={reach}
        >
          <span className="reach-glyph" aria-hidden="true">
            {glyph}
          </span>
          <strong className="reach-words">{words}</strong>
          {reach === 'closed' ? null : <LevelMeter of="sent" label="What leaves your microphone" />}
          <span className="reach-detail cut">{detail}</span>
          {since === undefined ? null : <AskedFor since={since} />}
        </div>
        <span className="reach-aside cut">{aside}</span>
        {elsewhere === null && acts.length === 0 ? null : (
          <div className="reach-acts">
            {elsewhere === null ? null : (
              <button type="button" className="button" onClick={() => showCall(elsewhere)}>
                Go there
              </button>
            )}
            {elsewhere !== null && heard ? (
              <button type="button" className="button" onClick={toggleMicrophone}>
                Close mic
              </button>
            ) : null}
            {callId === null
              ? null
              : acts.map(name => <ReachActButton key={name} of={name} callId={callId} />)}
          </div>
        )}
        <div className="reach-devices">
          <DeviceMenu side="input" />
          <DeviceMenu side="output" />
        </div>
      </footer>
      {sentence.framed === true ? <div className="reach-frame" aria-hidden="true" /> : null}
      <ModeMenu />
      <PersonSheet />
    </>
  );
}
