import { describe, expect, it, onTestFinished } from 'vitest';
import { createPracticeLine } from '../../electron/practice/practice-line.ts';
import { systemClock } from '../../electron/system-clock.ts';
import { createApplicationRest } from '../../electron/twilio/application-rest.ts';
import { createRestClient } from '../../electron/twilio/rest-client.ts';
import { createSeatApplication } from '../../electron/twilio/seat-application.ts';
import { quietLog } from '../support/quiet-log.ts';

const HERE = 'https://here.example/voice/seat';
const THERE = 'https://there.example/voice/seat';
const GONE = 'https://gone.example/voice/seat';

/** An account, and the application that a desk at this address keeps on it. */
async function open(address = { now: HERE }) {
  const practice = await createPracticeLine({ clock: systemClock, log: quietLog });
  onTestFinished(() => practice.close());
  const client = createRestClient({ ...practice, apiKey: null }, systemClock, Math.random);
  const rest = createApplicationRest(client);
  const application = createSeatApplication({
    rest,
    url: () => address.now,
    isLeftBehind: async url => url === GONE,
  });
  const urls = async () => (await rest.named('Earshot seat of Lee')).map(found => found.voiceUrl);
  return { application, rest, urls, address };
}

describe('the application of a desk’s seats', () => {
  it('is made once, when it is first needed, and deleted at the end', async () => {
    const { application, urls } = await open();
    expect(await urls()).toEqual([]);
    const sids = await Promise.all([application.sid('Lee'), application.sid('Lee')]);
    expect(new Set(sids).size).toBe(1);
    expect(await urls()).toEqual([HERE]);
    await application.close();
    expect(await urls()).toEqual([]);
    await application.close();
  });

  it('leads to the address of the desk, wherever that moves', async () => {
    const { application, urls, address } = await open();
    const sid = await application.sid('Lee');
    address.now = THERE;
    expect(await application.sid('Lee')).toBe(sid);
    expect(await urls()).toEqual([THERE]);
  });

  it('is the one that an earlier run left', async () => {
    const { application, rest, urls } = await open();
    const { sid } = await rest.create('Earshot seat of Lee', GONE);
    expect(await application.sid('Lee')).toBe(sid);
    expect(await urls()).toEqual([HERE]);
  });

  it('is not that of another desk of the same name', async () => {
    const { application, rest, urls } = await open();
    const { sid } = await rest.create('Earshot seat of Lee', THERE);
    expect(await application.sid('Lee')).not.toBe(sid);
    expect((await urls()).sort()).toEqual([HERE, THERE]);
  });

  it('is made again when somebody deleted it', async () => {
    const { application, rest, urls } = await open();
    const sid = await application.sid('Lee');
    await rest.remove(sid);
    expect(await application.sid('Lee')).toBe(sid);
    application.doubt();
    expect(await application.sid('Lee')).not.toBe(sid);
    expect(await urls()).toEqual([HERE]);
  });
});
