import type { ConsoleState } from '../../electron/core/state.ts';
import { beginSetUp } from '../account/set-up-store.ts';
import * as desk from '../keys/desk-acts.ts';
import {
  answerTarget,
  callWithMicrophone,
  isToHangUp,
  noSoundWhy,
  ringOnTop,
  shownLive,
} from '../keys/key-targets.ts';
import type { OnScreen } from '../replay/player-on-screen.ts';
import * as player from '../replay/replay-acts.ts';
import { showLayer, showSection, showView, togglePause } from '../state/navigation.ts';
import type { Place } from '../state/place.ts';
import { act } from '../state/refusals.ts';
import type { TranscriptOnScreen } from '../transcript/transcript-on-screen.ts';
import { fullName, nameInState } from '../words/names.ts';
import type { PaletteCommand } from './palette-entries.ts';
import { supervisionCommands } from './palette-supervision.ts';
import { transcriptCommands } from './palette-transcripts.ts';

/** The commands that work now, those of calls first. */
export function paletteCommands(
  state: ConsoleState,
  place: Place,
  sound: OnScreen | null,
  transcript: TranscriptOnScreen | null,
): readonly PaletteCommand[] {
  const own = callCommands(state, place);
  const others = supervisionCommands(state, place);
  const ofOthers = shownLive(state, place.callId)?.kind === 'supervised';
  return [
    ...(ofOthers ? [...others, ...own] : [...own, ...others]),
    ...replayCommands(state, sound),
    ...transcriptCommands(state, place, transcript),
    ...lineCommands(state),
    ...windowCommands(state, place),
  ];
}

function callCommands(state: ConsoleState, place: Place): readonly PaletteCommand[] {
  const ringing = ringOnTop(state);
  const first = answerTarget(state);
  const own = callWithMicrophone(state);
  const shown = shownLive(state, place.callId);
  return [
    first === null
      ? []
      : command('answer', `Answer ${fullName(first.them)}`, 'answer', () => desk.answer()),
    ringing === null
      ? []
      : command('decline', `Decline ${fullName(ringing.them)}`, 'decline', () => desk.decline()),
    own === null
      ? []
      : command(
          'microphone',
          own.muted ? `Open the microphone to ${nameInState(own, state)}` : 'Mute the microphone',
          'microphone',
          desk.toggleMicrophone,
        ),
    shown === null || shown.kind === 'supervised'
      ? []
      : [
          command(
            'hold',
            `${shown.heldAt === null ? 'Hold' : 'Resume'} ${nameInState(shown, state)}`,
            'hold',
            desk.toggleHold,
          ),
          command('keypad', 'Keypad', 'keypad', desk.toggleKeypad),
        ],
    shown === null || noSoundWhy(shown) !== undefined
      ? []
      : [
          command(
            'record',
            shown.recording === null
              ? `Record ${nameInState(shown, state)}`
              : `Stop recording ${nameInState(shown, state)}`,
            'record',
            desk.toggleRecording,
          ),
          shown.recording === null
            ? []
            : command(
                'pause-recording',
                shown.recording.paused ? 'Go on recording' : 'Pause recording',
                null,
                desk.toggleRecordingPause,
              ),
        ].flat(),
    [own, shown].every(call => call === null || !isToHangUp(call))
      ? []
      : command('hang-up', 'Hang up', 'hang-up', () => desk.hangUp()),
  ].flat();
}

/** What can be done with the sound of the past that is on screen. */
function replayCommands(
  { replay }: ConsoleState,
  sound: OnScreen | null,
): readonly PaletteCommand[] {
  if (sound === null) return [];
  const on = replay?.callId === sound.callId ? replay : null;
  if (sound.source === 'live' && on === null) {
    return [command('rewind', 'Hear the last 10 s again', null, player.togglePlay)];
  }
  const playing = on?.playing === true;
  return [
    command('play', playing ? 'Pause what is played' : 'Play', 'play', player.togglePlay),
    command('step-back', '5 s back', 'step-back', () => player.stepReplay(-5000)),
    command('step-on', '5 s on', 'step-on', () => player.stepReplay(5000)),
    command('turn-back', 'Turn before', 'turn-back', () => void player.seekTurn(-1)),
    command('turn-on', 'Next turn', 'turn-on', () => void player.seekTurn(1)),
    command('faster', 'Play faster', 'faster', () => player.stepSpeed(1)),
    command('slower', 'Play slower', 'slower', () => player.stepSpeed(-1)),
    sound.source === 'live'
      ? command('live', 'Jump to live', null, () => player.jumpToLive(sound.callId))
      : [],
  ].flat();
}

function lineCommands({ line, sound, settings }: ConsoleState): readonly PaletteCommand[] {
  const failed = sound.input.status === 'failed' || sound.output.status === 'failed';
  return [
    line.ringsOnRequest
      ? command('ring-me', 'Ring me: practice call', null, () => desk.ringMe())
      : [],
    failed
      ? command('retry-sound', 'Try the sound devices again', null, () =>
          act({ command: 'retry-sound' }),
        )
      : [],
    line.kind === 'twilio' && line.address.kind !== 'none'
      ? command('test-line', 'Test the line', null, () => {
          showSection('line');
          act({ command: 'test-line' });
        })
      : [],
    line.accountKept
      ? line.kind === 'practice'
        ? command('use-twilio', 'Use the Twilio account', null, () =>
            act({ command: 'use-line', kind: 'twilio' }),
          )
        : command('use-practice', 'Use the practice line', null, () =>
            act({ command: 'use-line', kind: 'practice' }),
          )
      : command('connect', 'Connect a Twilio account', null, () => {
          beginSetUp();
          showSection('line');
        }),
    settings.setUpDone
      ? command('first-steps', 'Show the first steps again', null, () => {
          act({ command: 'change-settings', settings: { setUpDone: false } });
          showView('calls');
        })
      : [],
    command('test-speaker', 'Play a voice on the speaker', null, () =>
      act({ command: 'test-speaker' }),
    ),
  ].flat();
}

function windowCommands({ settings }: ConsoleState, place: Place): readonly PaletteCommand[] {
  const themes = (['system', 'light', 'dark'] as const).filter(theme => theme !== settings.theme);
  return [
    command('calls', 'Go to Calls', 'calls', () => showView('calls')),
    command('wall', 'Go to Wall', 'wall', () => showView('wall')),
    command('history', 'Go to History', 'history', () => showView('history')),
    command('sound', 'Settings: Sound', 'settings', () => showSection('sound')),
    command('line', 'Settings: Line', null, () => showSection('line')),
    command('call-settings', 'Settings: Calls', null, () => showSection('calls')),
    command('appearance', 'Settings: Appearance', null, () => showSection('appearance')),
    ...themes.map(theme =>
      command(`theme-${theme}`, `Theme: ${theme}`, null, () =>
        act({ command: 'change-settings', settings: { theme } }),
      ),
    ),
    command(
      'pause',
      place.paused ? 'Waveforms: move' : 'Waveforms: stand still',
      null,
      togglePause,
    ),
    command('keys', 'Keys', 'keys', () => showLayer('keys')),
  ];
}

function command(
  name: string,
  title: string,
  key: PaletteCommand['key'],
  run: () => void,
): PaletteCommand {
  return { name, title, key, run };
}
