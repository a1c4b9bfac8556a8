import type { ConsoleState } from '../../electron/core/state.ts';
import { TRANSCRIBERS } from '../../electron/core/transcription.ts';
import { shownLive } from '../keys/key-targets.ts';
import { showSection } from '../state/navigation.ts';
import type { Place } from '../state/place.ts';
import { act } from '../state/refusals.ts';
import { findInTranscript, type TranscriptOnScreen } from '../transcript/transcript-on-screen.ts';
import { WRITER_NAMES, writerObstacle } from '../transcript/writer-words.ts';
import { nameInState } from '../words/names.ts';
import type { PaletteCommand } from './palette-entries.ts';

/** What can be done with the words of the call on screen. */
export function transcriptCommands(
  state: ConsoleState,
  place: Place,
  transcript: TranscriptOnScreen | null,
): readonly PaletteCommand[] {
  return [
    ...(transcript === null ? [] : readingCommands(transcript)),
    ...writingCommands(state, place),
    command('transcript-settings', 'Settings: Transcripts', () => showSection('transcripts')),
  ];
}

function readingCommands({ copyAll, save }: TranscriptOnScreen): readonly PaletteCommand[] {
  return [
    {
      ...command('find-here', 'Find in this transcript', findInTranscript),
      key: 'find-here',
    },
    command('copy-transcript', 'Copy the transcript', copyAll),
    command('save-transcript-txt', 'Save the transcript as text', () => save('txt')),
    command('save-transcript-srt', 'Save the transcript as SRT', () => save('srt')),
    command('save-transcript-vtt', 'Save the transcript as VTT', () => save('vtt')),
    command('save-transcript-json', 'Save the transcript as JSON', () => save('json')),
  ];
}

/** Who else could write down the live call on screen, or nobody. */
function writingCommands(state: ConsoleState, { callId }: Place): readonly PaletteCommand[] {
  const call = shownLive(state, callId);
  if (call === null || call.kind === 'notify') return [];
  const { by } = call.transcription;
  const name = nameInState(call, state);
  const others = TRANSCRIBERS.filter(
    writer => writer !== by && writerObstacle(writer, call, state) === null,
  );
  return [
    ...others.map(writer =>
      command(`transcribe-${writer}`, `Transcribe ${name} with ${WRITER_NAMES[writer]}`, () =>
        act({ command: 'transcribe', callId: call.id, by: writer }),
      ),
    ),
    ...(by === null
      ? []
      : [
          command('transcribe-off', `Stop transcribing ${name}`, () =>
            act({ command: 'transcribe', callId: call.id, by: 'off' }),
          ),
        ]),
  ];
}

function command(name: string, title: string, run: () => void): PaletteCommand {
  return { name, title, key: null, run };
}
