import type { LaunchDeviceProcess } from '../../electron/audio/device-link.ts';
import type { CardDevice, DeviceRequest } from '../../electron/audio/device-messages.ts';
import { FRAME_SAMPLES, SAMPLE_RATE_HZ } from '../../electron/core/audio/frame.ts';
import type { Cancel, Clock } from '../../electron/core/clock.ts';
import { pace } from '../../electron/core/frame-clock.ts';
import { fakeDeviceProcesses } from '../support/fake-device-process.ts';
import { joinFrames } from '../support/tones.ts';

/** How loud the microphone speaks: a loud voice. */
const PEAK = 8000;

/** A sound card on which somebody speaks all the time, and what its speaker played. */
export type SpeakingDevice = {
  readonly launch: LaunchDeviceProcess;
  /** What the left ear heard so far: 8 kHz. */
  readonly heard: () => Int16Array;
};

/** @param hz what the microphone hears: whole waves in 20 ms, so that each frame is like the next */
export function speakingDevice(clock: Clock, hz: number): SpeakingDevice {
  const said = Int16Array.from({ length: FRAME_SAMPLES }, (_, i) =>
    Math.round(PEAK * Math.sin((2 * Math.PI * hz * i) / SAMPLE_RATE_HZ)),
  );
  const left: Int16Array[] = [];
  const { processes, launch } = fakeDeviceProcesses();
  return {
    heard: () => joinFrames(left),
    launch: handlers => {
      const link = launch(handlers);
      const process = processes.at(-1);
      let stop: Cancel = () => {};
      const answer = (request: DeviceRequest): void => {
        if (request.kind === 'list') {
          process?.report({ kind: 'devices', hosts: ['ALSA'], inputs: [CARD], outputs: [CARD] });
        } else if (request.kind === 'open') {
          for (const side of request.sides) {
            process?.report({ kind: 'opened', side, turn: request.turn, device: CARD });
          }
          stop();
          stop = pace(clock, () => {
            process?.report({ kind: 'need' });
            process?.report({ kind: 'captured', frame: said });
          });
        } else if (request.kind === 'close') {
          stop();
          process?.report({ kind: 'closed' });
        } else if (request.kind === 'play') {
          left.push(request.frame.filter((_, i) => i % 2 === 0));
        } else {
          process?.report({ kind: 'pong' });
        }
      };
      return {
        send: request => {
          link.send(request);
          // A process answers later than it is asked.
          queueMicrotask(() => answer(request));
        },
        kill: () => {
          stop();
          link.kill();
        },
      };
    },
  };
}

const CARD: CardDevice = {
  id: 'ALSA: Headset',
  name: 'Headset',
  isDefault: true,
  isBuiltIn: false,
  index: 0,
  channels: 2,
  rateHz: 48_000,
};
