import { describe, expect, it } from 'vitest';
import { ends, openLine, response } from './fixture.ts';

describe('TwiML', () => {
  it('is run verb by verb through redirects, relative to its own URL', async () => {
    const line = await openLine();
    const url = line.app.on('/a/first', response('<Pause length="0"/><Redirect>second</Redirect>'));
    line.app.on('/a/second', response('<Redirect method="GET">/third?x=1</Redirect>'));
    line.app.on('/third', response('<Hangup/><Say>never</Say>'));
    const { sid } = await line.call('', { twiml: undefined, url, method: 'GET' });
    await ends(line, sid, 'completed');
    expect(line.app.received.map(({ method, path }) => [method, path])).toEqual([
      ['GET', '/a/first'],
      ['POST', '/a/second'],
      ['GET', '/third'],
    ]);
    expect(line.app.received[2]?.query).toMatch(/^x=1&.*CallSid=CA/);
  });

  it('skips verbs it does not know, with a warning', async () => {
    const line = await openLine();
    const { sid } = await line.call('<Dance/><Connect><ConversationRelay/></Connect><Hangup/>');
    await ends(line, sid, 'completed');
    expect(line.line.alerts()).toMatchObject([{ code: 12200 }, { code: 12200 }]);
  });

  it('ends the call as failed when it is no XML', async () => {
    const line = await openLine();
    const { sid } = await line.call('', { twiml: '<Response><Say>' });
    await ends(line, sid, 'failed');
    expect(line.line.alerts()).toMatchObject([{ code: 12100 }]);
  });

  it('ends the call when it is over', async () => {
    const line = await openLine();
    const { sid } = await line.call('<Pause length="1"/>');
    await ends(line, sid, 'completed');
  });

  it('that only redirects, again and again, is stopped with an alert', async () => {
    const line = await openLine();
    const url = line.app.on('/circle', response('<Redirect>/circle</Redirect>'));
    const { sid } = await line.call('', { twiml: undefined, url });
    await ends(line, sid, 'completed');
    expect(line.line.alerts()).toMatchObject([{ code: 11215 }]);
    expect(line.app.requests('/circle').length).toBe(101);
  });
});
