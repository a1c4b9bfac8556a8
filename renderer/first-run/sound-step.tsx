import { MicrophoneRow, SoundProblems, SpeakerRow } from '../settings/sound-rows.tsx';
import { useSoundCheck } from '../settings/use-sound-check.ts';
import { useStore } from '../state/use-store.ts';
import { firstRunStore } from './first-run-store.ts';
import { StepFoot } from './step-foot.tsx';

/** Microphone and speaker, tried on the spot. The test stays on this computer. */
export function SoundStep() {
  const played = useStore(firstRunStore, ({ played: done }) => done);
  useSoundCheck();
  return (
    <>
      <div className="first-run-rows">
        <SoundProblems />
        <MicrophoneRow />
        <SpeakerRow onPlay={() => firstRunStore.set({ ...firstRunStore.get(), played: true })} />
      </div>
      <p className="second" role="status">
        {played
          ? 'A voice was played. If you did not hear it, choose another speaker and play it again.'
          : 'Nobody hears you: this test stays on this computer.'}
      </p>
      <StepFoot />
    </>
  );
}
