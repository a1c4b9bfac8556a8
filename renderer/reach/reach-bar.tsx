import { toggleMicrophone } from '../keys/desk-acts.ts';
import { showCall } from '../state/navigation.ts';
import { LevelMeter } from '../waveform/level-meter.tsx';
import { DeviceMenu } from './device-menu.tsx';
import { useReachSentence } from './use-reach-sentence.ts';

/** Who hears this desk now, at the bottom edge of every view. */
export function ReachBar() {
  const { reach, glyph, words, detail, elsewhere } = useReachSentence();
  return (
    <footer className="reach-bar" data-pane="reach">
      <div
        className="reach"
        role="status"
        aria-live={reach === 'customer' ? 'assertive' : 'polite'}
        data-reach={reach}
      >
        <span className="reach-glyph" aria-hidden="true">
          {glyph}
        </span>
        <strong className="reach-words">{words}</strong>
        {reach === 'closed' ? null : <LevelMeter of="sent" label="What leaves your microphone" />}
        <span className="reach-detail cut">{detail}</span>
      </div>
      {elsewhere === null ? null : (
        <div className="reach-acts">
          <button type="button" className="button" onClick={() => showCall(elsewhere)}>
            Go there
          </button>
          {reach === 'customer' ? (
            <button type="button" className="button" onClick={toggleMicrophone}>
              Close mic
            </button>
          ) : null}
        </div>
      )}
      <div className="reach-devices">
        <DeviceMenu side="input" />
        <DeviceMenu side="output" />
      </div>
    </footer>
  );
}
