import { describe, expect, it, onTestFinished } from 'vitest';
import { openWebhookServer } from '../support/webhook-server.ts';
import { openAccount } from './account.ts';
import { BEFORE, DESK, keeperOf, openPointed, ownedAccount } from './kept-number.ts';
import { openNumberService } from './number-service.ts';

describe('taking a number', () => {
  it('sends its calls here and leaves its messages as they are', async () => {
    const account = await ownedAccount();
    const keeper = keeperOf(account, openPointed());
    expect(await keeper.look()).toEqual({ to: 'elsewhere', voiceUrl: BEFORE.voiceUrl });
    const pointing = await keeper.take(false);
    expect(pointing).toEqual({ to: 'here', voiceUrl: `${DESK}/voice/webhook` });
    expect(await account.now()).toMatchObject({
      voiceUrl: `${DESK}/voice/webhook`,
      voiceMethod: 'POST',
      statusCallback: `${DESK}/voice/status`,
      statusCallbackMethod: 'POST',
      smsUrl: BEFORE.smsUrl,
    });
    expect(await keeper.look()).toEqual(pointing);
  });

  it('changes nothing without a public address', async () => {
    const account = await ownedAccount();
    const before = await account.now();
    const pointed = openPointed();
    expect(await keeperOf(account, pointed, null).take(true)).toMatchObject({ to: 'elsewhere' });
    expect(await account.now()).toEqual(before);
    expect(pointed.of(account.accountSid)).toEqual([]);
  });

  it('tells of a number that is not the account’s', async () => {
    const account = await ownedAccount();
    const keeper = keeperOf({ ...account, number: '+14155550199' }, openPointed());
    expect(await keeper.take(false)).toEqual({ to: 'unknown', voiceUrl: null });
    await keeper.giveBack();
  });

  it('is refused with a problem when Twilio refuses the account', async () => {
    const { twilio, client } = await openAccount();
    twilio.pretend({ wrongToken: true });
    const { accountSid, number } = twilio;
    const keeper = keeperOf({ client, accountSid, number }, openPointed());
    await expect(keeper.take(false)).rejects.toMatchObject({
      problem: { kind: 'credentials-refused' },
    });
  });
});

describe('a number that an application takes', () => {
  it('is taken from it, and given back to it', async () => {
    const service = await openNumberService({ voice_application_sid: `AP${'1'.repeat(32)}` });
    const keeper = keeperOf(service, openPointed());
    expect((await keeper.look()).to).toBe('application');
    await keeper.take(false);
    expect(service.stored()).toMatchObject({
      voice_url: `${DESK}/voice/webhook`,
      voice_application_sid: '',
    });
    expect((await keeper.look()).to).toBe('here');
    await keeper.giveBack();
    expect(service.stored()).toMatchObject({
      voice_url: '',
      voice_application_sid: `AP${'1'.repeat(32)}`,
    });
  });

  it('or a trunk, the same', async () => {
    const service = await openNumberService({ trunk_sid: `TK${'2'.repeat(32)}` });
    const keeper = keeperOf(service, openPointed());
    expect((await keeper.look()).to).toBe('application');
    await keeper.take(false);
    expect(service.stored()).toMatchObject({ trunk_sid: '' });
    await keeper.giveBack();
    expect(service.stored()).toMatchObject({ trunk_sid: `TK${'2'.repeat(32)}` });
  });
});

describe('a number that another desk answers', () => {
  async function atAnotherDesk() {
    const other = await openWebhookServer({ deskId: 'another desk' });
    onTestFinished(() => other.close());
    const account = await ownedAccount();
    await account.change({ voiceUrl: `${other.local}/voice/webhook` });
    return account;
  }

  it('is not taken, and nothing is changed', async () => {
    const account = await atAnotherDesk();
    const before = await account.now();
    const pointed = openPointed();
    expect(await keeperOf(account, pointed).take(false)).toEqual({
      to: 'another-desk',
      voiceUrl: before.voiceUrl,
    });
    expect(await account.now()).toEqual(before);
    expect(pointed.of(account.accountSid)).toEqual([]);
  });

  it('is taken when it is asked for, and goes to that desk again afterwards', async () => {
    const account = await atAnotherDesk();
    const before = await account.now();
    const keeper = keeperOf(account, openPointed());
    expect(await keeper.take(true)).toMatchObject({ to: 'here' });
    await keeper.giveBack();
    expect(await account.now()).toEqual(before);
  });
});

describe('the messages of a number', () => {
  it('are sent here with its calls where that is wanted, and given back with them', async () => {
    const account = await ownedAccount();
    const before = await account.now();
    const keeper = keeperOf(account, openPointed(), DESK, true);
    await keeper.take(false);
    await keeper.take(false);
    expect(await account.now()).toMatchObject({
      voiceUrl: `${DESK}/voice/webhook`,
      smsUrl: `${DESK}/sms/webhook`,
      smsMethod: 'POST',
    });
    await keeper.giveBack();
    expect(await account.now()).toEqual(before);
  });

  it('are taken from an application, and given back to it', async () => {
    const sms_application_sid = `AP${'3'.repeat(32)}`;
    const service = await openNumberService({ sms_application_sid });
    const keeper = keeperOf(service, openPointed(), DESK, true);
    await keeper.take(false);
    expect(service.stored()).toMatchObject({
      sms_url: `${DESK}/sms/webhook`,
      sms_application_sid: '',
    });
    await keeper.giveBack();
    expect(service.stored()).toMatchObject({ sms_url: '', sms_application_sid });
  });

  it('are given back by the next run of a desk that has no use for them', async () => {
    const account = await ownedAccount();
    const before = await account.now();
    const pointed = openPointed();
    await keeperOf(account, pointed, DESK, true).take(false);
    const next = keeperOf(account, pointed, 'https://second.example.com');
    await next.take(false);
    expect(await account.now()).toMatchObject({
      voiceUrl: 'https://second.example.com/voice/webhook',
      smsUrl: BEFORE.smsUrl,
    });
    await next.giveBack();
    expect(await account.now()).toEqual(before);
  });

  it('follow the number to the next address of the desk', async () => {
    const account = await ownedAccount();
    const before = await account.now();
    const pointed = openPointed();
    await keeperOf(account, pointed, DESK, true).take(false);
    const next = keeperOf(account, pointed, 'https://second.example.com', true);
    await next.take(false);
    expect(await account.now()).toMatchObject({ smsUrl: 'https://second.example.com/sms/webhook' });
    await next.giveBack();
    expect(await account.now()).toEqual(before);
  });
});
