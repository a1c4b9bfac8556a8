import { describe, expect, it } from 'vitest';
import { ends, eventually, loudness, openLine, response } from '../fixture.ts';

describe('Enqueue', () => {
  it('says the waiting TwiML over and over until the caller hangs up, and tells the action', async () => {
    const line = await openLine();
    const waitUrl = line.app.on('/wait', response('<Pause length="1"/>'));
    const action = line.app.on('/left', { status: 204 });
    const { sid } = await line.call(
      `<Enqueue waitUrl="${waitUrl}" action="${action}">support</Enqueue>`,
    );
    await eventually(() => expect(line.app.requests('/wait').length).toBeGreaterThan(3));
    expect(line.app.requests('/wait')[0]?.params).toMatchObject({
      CallSid: sid,
      QueuePosition: '1',
      QueueSid: expect.stringMatching(/^QU/),
    });
    line.line.farHangUp(sid);
    await eventually(() => expect(line.app.requests('/left')).toHaveLength(1));
    expect(line.app.requests('/left')[0]?.params).toMatchObject({ QueueResult: 'hangup' });
  });

  it('lets the caller leave', async () => {
    const line = await openLine();
    const waitUrl = line.app.on('/wait', response('<Leave/>'));
    const action = line.app.on('/left', response('<Hangup/>'));
    const { sid } = await line.call(
      `<Enqueue waitUrl="${waitUrl}" action="${action}">support</Enqueue>`,
    );
    await ends(line, sid, 'completed');
    expect(line.app.requests('/left')[0]?.params).toMatchObject({ QueueResult: 'leave' });
  });

  it('plays music when there is nothing to say', async () => {
    const line = await openLine();
    const { sid } = await line.call('<Enqueue>support</Enqueue>');
    await eventually(() => expect(line.line.heardBy(sid)?.length).toBeGreaterThan(16_000));
    expect(loudness(line.line.heardBy(sid) ?? new Int16Array())).toBeGreaterThan(300);
  });

  it('warns of verbs that may not be used while waiting', async () => {
    const line = await openLine();
    const waitUrl = line.app.on('/wait', response('<Dial>+14155550101</Dial><Pause/>'));
    await line.call(`<Enqueue waitUrl="${waitUrl}">support</Enqueue>`);
    await eventually(() => expect(line.line.alerts()[0]?.code).toBe(13238));
  });
});
