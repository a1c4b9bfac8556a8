import type { LaunchDeviceProcess } from '../../electron/audio/device-link.ts';
import type { CardDevice, DeviceRequest } from '../../electron/audio/device-messages.ts';
import type { Cancel, Clock } from '../../electron/core/clock.ts';
import { pace } from '../../electron/core/frame-clock.ts';
import { fakeDeviceProcesses } from '../support/fake-device-process.ts';
import { joinFrames } from '../support/tones.ts';

/** A sound card on which somebody speaks all the time, and what its speaker played. */
export type SpeakingDevice = {
  readonly launch: LaunchDeviceProcess;
  /** What the left ear heard so far: 8 kHz. */
  readonly heard: () => Int16Array;
};

/** @param said what the microphone hears now: 20 ms */
export function speakingDevice(clock: Clock, said: () => Int16Array): SpeakingDevice {
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
            process?.report({ kind: 'captured', frame: said() });
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
