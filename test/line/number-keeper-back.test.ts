import { describe, expect, it } from 'vitest';
import { listNumbers } from '../../electron/twilio/numbers.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { openAccount } from './account.ts';
import { BEFORE, DESK, keeperOf, openPointed, ownedAccount } from './kept-number.ts';
import { openNumberService } from './number-service.ts';

describe('giving a number back', () => {
  it('sets it exactly as it was, and only once', async () => {
    const account = await ownedAccount();
    const before = await account.now();
    const pointed = openPointed();
    const keeper = keeperOf(account, pointed);
    await keeper.take(false);
    await keeper.giveBack();
    expect(await account.now()).toEqual(before);
    expect(pointed.of(account.accountSid)).toEqual([]);
    await account.change({ voiceUrl: `${DESK}/voice/webhook` });
    await keeper.giveBack();
    expect(await account.now()).toMatchObject({ voiceUrl: `${DESK}/voice/webhook` });
  });

  it('gives a number without any address back as one', async () => {
    const { twilio, client } = await openAccount();
    const { accountSid, number } = twilio;
    const keeper = keeperOf({ client, accountSid, number }, openPointed());
    expect(await keeper.look()).toEqual({ to: 'nowhere', voiceUrl: null });
    await keeper.take(false);
    await keeper.giveBack();
    expect(await keeper.look()).toEqual({ to: 'nowhere', voiceUrl: null });
  });

  it('leaves a number alone that somebody else has changed meanwhile', async () => {
    const account = await ownedAccount();
    const pointed = openPointed();
    const keeper = keeperOf(account, pointed);
    await keeper.take(false);
    await account.change({ voiceUrl: 'http://127.0.0.1:1/new' });
    const changed = await account.now();
    await keeper.giveBack();
    expect(await account.now()).toEqual(changed);
    expect(pointed.of(account.accountSid)).toEqual([]);
  });

  it('does nothing with a number that was never taken', async () => {
    const account = await ownedAccount();
    await keeperOf(account, openPointed()).giveBack();
    expect(await account.now()).toMatchObject(BEFORE);
  });

  it('leaves a number alone that came here before it was taken', async () => {
    const account = await ownedAccount();
    await account.change({ voiceUrl: `${DESK}/voice/webhook` });
    const keeper = keeperOf(account, openPointed());
    await keeper.take(false);
    await keeper.giveBack();
    expect(await account.now()).toMatchObject({ voiceUrl: `${DESK}/voice/webhook` });
  });

  it('sets it as it was, also when it led to another path of this address', async () => {
    const account = await ownedAccount();
    await account.change({ voiceUrl: `${DESK}/twilio/voice/inbound` });
    const before = await account.now();
    const keeper = keeperOf(account, openPointed());
    expect(await keeper.take(false)).toMatchObject({ voiceUrl: `${DESK}/voice/webhook` });
    await keeper.giveBack();
    expect(await account.now()).toEqual(before);
  });

  it('leaves where its messages go as its owner set it meanwhile', async () => {
    const account = await ownedAccount();
    const keeper = keeperOf(account, openPointed());
    await keeper.take(false);
    await account.change({ smsUrl: 'http://127.0.0.1:1/new/sms' });
    await keeper.giveBack();
    expect(await account.now()).toMatchObject({ ...BEFORE, smsUrl: 'http://127.0.0.1:1/new/sms' });
  });

  it('waits for a taking that is on its way', async () => {
    const account = await ownedAccount();
    const before = await account.now();
    const pointed = openPointed();
    const keeper = keeperOf(account, pointed);
    const taken = keeper.take(false);
    await keeper.giveBack();
    await taken;
    expect(await account.now()).toEqual(before);
    expect(pointed.of(account.accountSid)).toEqual([]);
  });
});

describe('a run that ended badly', () => {
  it('leaves what was before its first taking to the next, at whatever address that has', async () => {
    const account = await ownedAccount();
    const before = await account.now();
    const folder = tempFolder();
    const first = keeperOf(account, openPointed(folder));
    await first.take(false);
    await first.take(false);

    const second = keeperOf(account, openPointed(folder), 'https://second.example.com');
    await second.recover();
    await second.take(false);
    expect(await account.now()).toMatchObject({
      voiceUrl: 'https://second.example.com/voice/webhook',
    });

    const third = keeperOf(account, openPointed(folder), 'https://third.example.com');
    await third.recover();
    await third.take(false);
    await third.giveBack();
    expect(await account.now()).toEqual(before);
  });

  it('is not forgotten when the number cannot be taken to a new address at once', async () => {
    const service = await openNumberService({ voice_url: BEFORE.voiceUrl });
    const pointed = openPointed();
    await keeperOf(service, pointed).take(false);
    const next = keeperOf(service, pointed, 'https://second.example.com');
    service.refuseChanges(true);
    await expect(next.take(false)).rejects.toMatchObject({ problem: expect.anything() });
    service.refuseChanges(false);
    await next.take(false);
    await next.giveBack();
    expect(service.stored()).toMatchObject({ voice_url: BEFORE.voiceUrl });
  });

  it('has the number given back though the next run never takes it', async () => {
    const account = await ownedAccount();
    const before = await account.now();
    const pointed = openPointed();
    await keeperOf(account, pointed).take(false);
    const next = keeperOf(account, pointed, null);
    await next.recover();
    await next.giveBack();
    expect(await account.now()).toEqual(before);
  });

  it('has a number given back that the next run does not use', async () => {
    const { twilio, client } = await openAccount(BEFORE);
    const { accountSid, number, numbers } = twilio;
    const before = await listNumbers(client, number);
    const pointed = openPointed();
    await keeperOf({ client, accountSid, number }, pointed).take(false);
    const [, other = ''] = numbers;
    await keeperOf({ client, accountSid, number: other }, pointed).recover();
    expect(await listNumbers(client, number)).toEqual(before);
    expect(pointed.of(accountSid)).toEqual([]);
  });
});
