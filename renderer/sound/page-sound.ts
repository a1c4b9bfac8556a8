import type { PageReport, PageRequest, PageSide } from '../../electron/core/page-sound.ts';
import { type PageDevice, pageDevices, pickDevice, toldDevice } from './page-devices.ts';
import { openSpeakerRig, type SpeakerRig } from './speaker-rig.ts';

type OpenRequest = Extract<PageRequest, { kind: 'open' }>;
type Fault = Extract<PageReport, { kind: 'failed' }>['fault'];

/** What each of the browser's reasons means. Source: Media Capture and Streams, `getUserMedia`. */
const FAULTS: Readonly<Record<string, Fault>> = {
  NotFoundError: 'missing',
  OverconstrainedError: 'missing',
  NotAllowedError: 'denied',
  SecurityError: 'denied',
};

/** The sound of the page, as the app asks for it. */
export type PageSound = {
  /** Does what is asked, one after the other. */
  readonly ask: (request: PageRequest) => void;
};

type Microphone = { readonly stream: MediaStream; leave: () => void };

/** Makes it. Nothing is open before it is asked for. @param report tells the app, with ports to give away */
export function createPageSound(
  report: (report: PageReport, ports: readonly MessagePort[]) => void,
): PageSound {
  let rig: SpeakerRig | null = null;
  let microphone: Microphone | null = null;
  let last: Promise<void> = Promise.resolve();

  const tell = (message: PageReport): void => report(message, []);

  const tellDevices = async (opening: boolean) => {
    const listed = await navigator.mediaDevices.enumerateDevices();
    const inputs = pageDevices(listed, 'audioinput');
    const outputs = pageDevices(listed, 'audiooutput');
    tell({
      kind: 'devices',
      inputs: inputs.map(toldDevice),
      outputs: outputs.map(toldDevice),
      opening,
    });
    return { inputs, outputs };
  };

  const fail = (side: PageSide, turn: number, fault: Fault, error: unknown): void => {
    const detail = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    tell({ kind: 'failed', side, turn, fault, detail: detail.slice(0, 1000) });
  };

  const openRig = async (device: PageDevice | null, latency: OpenRequest['latency']) => {
    await rig?.close();
    rig = null;
    rig = await openSpeakerRig(device, latency, port => report({ kind: 'frames' }, [port]));
    if (microphone !== null) microphone.leave = rig.join(microphone.stream);
  };

  const openOutput = async (device: PageDevice | null, request: OpenRequest): Promise<void> => {
    const { turn, latency } = request;
    try {
      await openRig(device, latency);
      if (device === null) fail('output', turn, 'missing', 'no output device');
      else tell({ kind: 'opened', side: 'output', turn, device: toldDevice(device) });
    } catch (error) {
      fail('output', turn, FAULTS[nameOf(error)] ?? 'busy', error);
    }
  };

  const openInput = async (device: PageDevice | null, request: OpenRequest): Promise<void> => {
    const { turn } = request;
    closeMicrophone();
    if (request.microphone === 'none') return;
    if (device === null) return fail('input', turn, 'missing', 'no such input device');
    try {
      const stream = await navigator.mediaDevices.getUserMedia({
        audio: {
          deviceId: { exact: device.browserId },
          echoCancellation: true,
          noiseSuppression: request.suppressNoise,
          autoGainControl: true,
        },
      });
      if (rig === null) await openRig(null, request.latency);
      microphone = { stream, leave: rig?.join(stream) ?? (() => {}) };
      for (const track of stream.getTracks()) {
        track.onended = () => {
          // Whether it is still there makes a difference: it is opened again, or missed.
          void tellDevices(false).then(() => fail('input', turn, 'lost', 'the microphone ended'));
        };
      }
      tell({ kind: 'opened', side: 'input', turn, device: toldDevice(device) });
    } catch (error) {
      closeMicrophone();
      fail('input', turn, FAULTS[nameOf(error)] ?? 'busy', error);
    }
  };

  const closeMicrophone = (): void => {
    microphone?.leave();
    for (const track of microphone?.stream.getTracks() ?? []) {
      track.onended = null;
      track.stop();
    }
    microphone = null;
  };

  const open = async (request: OpenRequest): Promise<void> => {
    const { sides, inputId, outputId } = request;
    if (sides.includes('input')) closeMicrophone();
    const { inputs, outputs } = await tellDevices(true);
    if (sides.includes('output')) await openOutput(pickDevice(outputs, outputId), request);
    if (!sides.includes('input')) return;
    const isChosen = request.microphone === 'chosen';
    const input = isChosen ? inputs.find(({ id }) => id === inputId) : pickDevice(inputs, inputId);
    await openInput(input ?? null, request);
  };

  const close = async (): Promise<void> => {
    closeMicrophone();
    await rig?.close();
    rig = null;
    tell({ kind: 'closed' });
  };

  const done = async (request: PageRequest): Promise<void> => {
    switch (request.kind) {
      case 'list':
        await tellDevices(false);
        return;
      case 'open':
        return open(request);
      case 'close':
        return close();
    }
  };

  return {
    ask: request => {
      // What goes wrong beside opening leaves a side that is silent, which the app notices.
      last = last.then(() => done(request)).catch(() => {});
    },
  };
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : '';
}
