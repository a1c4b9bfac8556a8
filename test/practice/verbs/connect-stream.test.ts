import { describe, expect, it } from 'vitest';
import { ends, eventually, openLine, streamTo } from '../fixture.ts';

describe('Connect', () => {
  it('goes on with the next verb and alert 31920 when the app refuses the stream', async () => {
    const line = await openLine();
    const { sid } = await line.call(`${streamTo(line.app, '/refused')}<Hangup/>`);
    await ends(line, sid, 'completed');
    expect(line.line.alerts()).toMatchObject([{ code: 31920, callSid: sid }]);
  });

  it('streams only to wss, or to this computer', async () => {
    const line = await openLine();
    const { sid } = await line.call('<Connect><Stream url="ws://example.com/a"/></Connect>');
    await ends(line, sid, 'completed');
    expect(line.line.alerts()).toMatchObject([{ code: 31923 }]);
  });

  it('drops the query of the stream’s URL, as Twilio does', async () => {
    const line = await openLine();
    await line.call(streamTo(line.app, '/stream?token=1'));
    await eventually(() => expect(line.app.streams[0]?.path).toBe('/stream'));
    expect(line.line.alerts()).toMatchObject([{ code: 31923 }]);
  });

  it('tells the status callback and the action', async () => {
    const line = await openLine();
    const callback = line.app.on('/events', { status: 204 });
    const action = line.app.on('/action', '<Response><Hangup/></Response>');
    const { sid } = await line.call(
      `<Connect action="${action}"><Stream name="desk" url="${line.app.streamUrl}/stream" statusCallback="${callback}"/></Connect>`,
    );
    await eventually(() => expect(line.app.streams).toHaveLength(1));
    line.app.streams[0]?.socket.close();
    await ends(line, sid, 'completed');
    await eventually(() => expect(line.app.requests('/events')).toHaveLength(2));
    expect(line.app.requests('/events').map(({ params }) => params)).toMatchObject([
      { CallSid: sid, StreamEvent: 'stream-started', StreamName: 'desk' },
      { CallSid: sid, StreamEvent: 'stream-stopped', StreamSid: expect.stringMatching(/^MZ/) },
    ]);
    expect(line.app.requests('/action')).toHaveLength(1);
  });
});
