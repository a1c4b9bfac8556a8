import { describe, expect, it } from 'vitest';
import type { MediaStream } from '../../electron/twilio/media-stream.ts';
import { DANA, OURS, openScriptedLine, outbound } from './scripted-line.ts';

/** A stream of a call, of which nothing is heard. */
function streamOf(callId: string): MediaStream {
  const nothing = (): void => {};
  return {
    streamSid: 'MZ1',
    callId,
    send: () => true,
    mark: nothing,
    clear: nothing,
    close: nothing,
  };
}

describe('a call whose stream', () => {
  it('does not start is sent to another after a pause, not many times a second', async () => {
    const { line, ask } = openScriptedLine();
    const callId = await line.dial(DANA, OURS, { detectMachine: false });
    expect(await ask('voice', outbound('CA1'), { callId })).not.toContain('<Pause');
    for (const resume of ['1', '2']) {
      const again = await ask('voice', outbound('CA1'), { callId, resume });
      expect(again).toMatch(/<Pause length="1"\/><Connect><Stream/);
    }
  });

  it('was lost is sent to another at once', async () => {
    const { line, ask } = openScriptedLine();
    const callId = await line.dial(DANA, OURS, { detectMachine: false });
    await ask('voice', outbound('CA1'), { callId });
    for (const resume of ['1', '2']) {
      line.streamStarted(streamOf(callId));
      line.streamEnded(streamOf(callId));
      expect(await ask('voice', outbound('CA1'), { callId, resume })).not.toContain('<Pause');
    }
  });
});
