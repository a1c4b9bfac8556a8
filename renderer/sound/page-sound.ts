import type { PageReport, PageRequest, PageSide } from '../../electron/core/page-sound.ts';
import { type PageDevice, pageDevices, pickDevice, toldDevice } from './page-devices.ts';
import { openSpeakerRig, type SpeakerRig } from './speaker-rig.ts';
import { inTime } from './step-limit.ts';

type OpenRequest = Extract<PageRequest, { kind: 'open' }>;
type Fault = Extract<PageReport, { kind: 'failed' }>['fault'];

/** What each of the browser's reasons means. Source: Media Capture and Streams, `getUserMedia`. */
const FAULTS: Readonly<Record<string, Fault>> = {
  NotFoundError: 'missing',
  OverconstrainedError: 'missing',
  NotAllowedError: 'denied',
  SecurityError: 'denied',
  TimeoutError: 'hung',
};

/** The sound of the page, as the app asks for it. */
export type PageSound = {
  /** Does what is asked, one after the other; only the microphone is closed at once. */
  readonly ask: (request: PageRequest) => void;
};

type Microphone = { readonly stream: MediaStream; readonly turn: number; leave: () => void };

/** Makes it. Nothing is open before it is asked for. @param report tells the app, with ports to give away */
export function createPageSound(
  report: (report: PageReport, ports: readonly MessagePort[]) => void,
): PageSound {
  let rig: SpeakerRig | null = null;
  let microphone: Microphone | null = null;
  let last: Promise<void> = Promise.resolve();
  /** Counts requests to close: what was asked for before one opens no microphone after it. */
  let closings = 0;

  const tell = (message: PageReport): void => report(message, []);

  const tellDevices = async (opening: boolean) => {
    const listed = await inTime(navigator.mediaDevices.enumerateDevices(), () => {});
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

  const closeRig = async (): Promise<void> => {
    const closing = rig?.close();
    rig = null;
    if (microphone !== null) microphone.leave = () => {};
    // One that does not close, in time or at all, must not keep another from opening.
    if (closing !== undefined) await inTime(closing, () => {}).catch(() => {});
  };

  /** Lets an open microphone be heard without a speaker. */
  const hearWithout = async (latency: OpenRequest['latency']): Promise<void> => {
    if (microphone === null) return;
    const { turn } = microphone;
    try {
      await openRig(null, latency);
    } catch (error) {
      closeMicrophone();
      fail('input', turn, 'lost', error);
    }
  };

  const openRig = async (device: PageDevice | null, latency: OpenRequest['latency']) => {
    await closeRig();
    let isLate = false;
    const opening = openSpeakerRig(device, latency, port => {
      if (!isLate) report({ kind: 'frames' }, [port]);
    });
    try {
      rig = await inTime(opening, late => void late.close());
    } finally {
      isLate = rig === null;
    }
    if (microphone !== null) microphone.leave = rig.join(microphone.stream);
  };

  const openOutput = async (device: PageDevice | null, request: OpenRequest): Promise<void> => {
    const { turn, latency } = request;
    try {
      await openRig(device, latency);
      if (device === null) fail('output', turn, 'missing', 'no output device');
      else tell({ kind: 'opened', side: 'output', turn, device: toldDevice(device) });
    } catch (error) {
      fail('output', turn, faultOf(error), error);
      await hearWithout(latency);
    }
  };

  const openInput = async (
    device: PageDevice | null,
    request: OpenRequest,
    isOver: () => boolean,
  ): Promise<void> => {
    const { turn } = request;
    closeMicrophone();
    if (request.microphone === 'none' || isOver()) return;
    if (device === null) return fail('input', turn, 'missing', 'no such input device');
    try {
      const opening = navigator.mediaDevices.getUserMedia({
        audio: {
          deviceId: { exact: device.browserId },
          echoCancellation: true,
          noiseSuppression: request.suppressNoise,
          autoGainControl: true,
        },
      });
      const stream = await inTime(opening, letGo);
      if (isOver()) return letGo(stream);
      microphone = { stream, turn, leave: () => {} };
      if (rig === null) await openRig(null, request.latency);
      else microphone.leave = rig.join(stream);
      if (isOver()) return;
      for (const track of stream.getTracks()) {
        track.onended = () => {
          // Whether it is still there makes a difference: it is opened again, or missed.
          void tellDevices(false).then(() => fail('input', turn, 'lost', 'the microphone ended'));
        };
      }
      tell({ kind: 'opened', side: 'input', turn, device: toldDevice(device) });
    } catch (error) {
      closeMicrophone();
      fail('input', turn, faultOf(error), error);
    }
  };

  const closeMicrophone = (): void => {
    microphone?.leave();
    if (microphone !== null) letGo(microphone.stream);
    microphone = null;
  };

  const open = async (request: OpenRequest, isOver: () => boolean): Promise<void> => {
    const { sides, inputId, outputId, turn } = request;
    if (sides.includes('input')) closeMicrophone();
    const listed = await tellDevices(true).catch((error: unknown) => {
      for (const side of sides) fail(side, turn, faultOf(error), error);
      return null;
    });
    if (listed === null) return;
    const { inputs, outputs } = listed;
    if (sides.includes('output')) await openOutput(pickDevice(outputs, outputId), request);
    if (!sides.includes('input')) return;
    const isChosen = request.microphone === 'chosen';
    const input = isChosen ? inputs.find(({ id }) => id === inputId) : pickDevice(inputs, inputId);
    await openInput(input ?? null, request, isOver);
  };

  const close = async (): Promise<void> => {
    closeMicrophone();
    await closeRig();
    tell({ kind: 'closed' });
  };

  const done = async (request: PageRequest, isOver: () => boolean): Promise<void> => {
    switch (request.kind) {
      case 'list':
        await tellDevices(false);
        return;
      case 'open':
        return open(request, isOver);
      case 'close':
        return close();
    }
  };

  return {
    ask: request => {
      if (request.kind === 'close') {
        closings += 1;
        closeMicrophone();
      }
      const asked = closings;
      // What goes wrong beside opening leaves a side that is silent, which the app notices.
      last = last.then(() => done(request, () => asked !== closings)).catch(() => {});
    },
  };
}

function faultOf(error: unknown): Fault {
  return (error instanceof Error ? FAULTS[error.name] : undefined) ?? 'busy';
}

function letGo(stream: MediaStream): void {
  for (const track of stream.getTracks()) {
    track.onended = null;
    track.stop();
  }
}
