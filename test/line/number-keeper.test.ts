import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createNumberKeeper, type NumberKeeper } from '../../electron/line/number-keeper.ts';
import { openDatabase } from '../../electron/store/database.ts';
import { createPointedNumbers, type PointedNumbers } from '../../electron/store/pointed-numbers.ts';
import { listNumbers, type OwnedNumber } from '../../electron/twilio/numbers.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { openWebhookServer } from '../support/webhook-server.ts';
import { type Account, openAccount } from './account.ts';
import { openNumberService } from './number-service.ts';

const DESK = 'https://desk.example.com';
const BEFORE = {
  voiceUrl: 'http://127.0.0.1:1/before?tenant=7',
  statusCallback: 'http://127.0.0.1:1/before/status',
  smsUrl: 'http://127.0.0.1:1/before/sms',
};

function openPointed(folder = tempFolder()): PointedNumbers {
  const { database } = openDatabase(join(folder, 'earshot.db'), 'then');
  onTestFinished(() => database.close());
  return createPointedNumbers(database);
}

/** The keeper of a desk; another one of the same database is its next run. */
function keeperOf(
  {
    client,
    accountSid,
    number,
  }: { readonly number: string } & Pick<Account, 'client'> & {
      readonly accountSid: string;
    },
  pointed: PointedNumbers,
  origin: string | null = DESK,
  takeMessages = false,
): NumberKeeper {
  return createNumberKeeper({
    client,
    accountSid,
    number,
    origin: () => origin,
    deskId: 'this desk',
    takeMessages,
    pointed,
  });
}

/** An account whose first number goes elsewhere, and its owner's view of that number. */
async function ownedAccount() {
  const { twilio, client } = await openAccount(BEFORE);
  const { accountSid, number } = twilio;
  const now = async (): Promise<OwnedNumber> => {
    const [found] = await listNumbers(client, number);
    if (found === undefined) throw new Error('the number is gone');
    return found;
  };
  const change = async (to: Partial<typeof BEFORE>): Promise<void> => {
    await client.incomingPhoneNumbers((await now()).sid).update(to);
  };
  return { client, accountSid, number, now, change };
}

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
