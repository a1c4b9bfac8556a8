import { describe, expect, it, onTestFinished } from 'vitest';
import { createNumberKeeper, type NumberKeeper } from '../../electron/line/number-keeper.ts';
import type { PointedNumbers } from '../../electron/store/pointed-numbers.ts';
import { recordingLog } from '../support/recording-log.ts';
import { openWebhookServer } from '../support/webhook-server.ts';
import { BEFORE, openPointed, ownedAccount } from './kept-number.ts';

type OwnedAccount = Awaited<ReturnType<typeof ownedAccount>>;

/** A desk that answers at an address of its own, on a port of its own each time. */
type RunningDesk = {
  readonly keeper: NumberKeeper;
  readonly voiceUrl: string;
  readonly warnings: () => readonly unknown[];
  readonly quit: () => Promise<void>;
  readonly crash: () => Promise<void>;
};

let runs = 0;

/** Starts a desk, which takes the number unless another desk has it. @param force also then */
async function start(
  account: OwnedAccount,
  pointed: PointedNumbers,
  { force = false, takeMessages = false } = {},
): Promise<RunningDesk> {
  runs += 1;
  const deskId = `run ${runs}`;
  const server = await openWebhookServer({ deskId });
  onTestFinished(() => server.close());
  const { log, messages } = recordingLog();
  const keeper = createNumberKeeper({
    client: account.client,
    accountSid: account.accountSid,
    number: account.number,
    origin: () => server.local,
    deskId,
    takeMessages,
    pointed,
    log,
  });
  await keeper.recover();
  await keeper.take(force);
  return {
    keeper,
    voiceUrl: `${server.local}/voice/webhook`,
    warnings: () => messages,
    quit: async () => {
      await keeper.giveBack();
      await server.close();
    },
    crash: () => server.close(),
  };
}

/** A number at P, taken by desk A, then by desk B against A. */
async function takenTwice(messages: { readonly takeMessages?: boolean } = {}) {
  const account = await ownedAccount();
  const p = await account.now();
  const [ofA, ofB] = [openPointed(), openPointed()];
  const a = await start(account, ofA);
  const b = await start(account, ofB, { force: true, ...messages });
  expect(await account.now()).toMatchObject({ voiceUrl: b.voiceUrl });
  const startA = (force = false) => start(account, ofA, { force });
  return { account, p, a, b, ofA, ofB, startA };
}

describe('a number that a second desk has taken from a first', () => {
  it('goes back step by step when the second quits first', async () => {
    const { account, p, a, b, ofA, ofB } = await takenTwice();
    await b.quit();
    expect(await account.now()).toMatchObject({ voiceUrl: a.voiceUrl });
    await a.quit();
    expect(await account.now()).toEqual(p);
    expect([...ofA.of(account.accountSid), ...ofB.of(account.accountSid)]).toEqual([]);
  });

  it('is put right by the next run of the first when that quit first', async () => {
    const { account, p, a, b, ofB, startA } = await takenTwice();
    await a.quit();
    expect(await account.now()).toMatchObject({ voiceUrl: b.voiceUrl });
    await b.quit();
    expect(await account.now()).toMatchObject({ voiceUrl: a.voiceUrl });
    expect(b.warnings()).toHaveLength(1);
    expect(ofB.of(account.accountSid)).toEqual([]);
    const again = await startA();
    expect(await account.now()).toMatchObject({ voiceUrl: again.voiceUrl });
    await again.quit();
    expect(await account.now()).toEqual(p);
  });

  it('is put right when the first crashed', async () => {
    const { account, p, a, b, startA } = await takenTwice();
    await a.crash();
    await b.quit();
    expect(b.warnings()).toHaveLength(1);
    await (await startA()).quit();
    expect(await account.now()).toEqual(p);
  });

  it('is put right when the first comes back on another port while the second has it', async () => {
    const { account, p, a, b, startA } = await takenTwice();
    await a.quit();
    const again = await startA();
    expect(await account.now()).toMatchObject({ voiceUrl: b.voiceUrl });
    await b.quit();
    expect(await account.now()).toMatchObject({ voiceUrl: a.voiceUrl });
    expect(await again.keeper.mend(true)).toEqual({ to: 'here', voiceUrl: again.voiceUrl });
    await again.quit();
    expect(await account.now()).toEqual(p);
  });

  it('is put right when the first, on another port, quits before it has noticed', async () => {
    const { account, p, a, b, startA } = await takenTwice();
    await a.crash();
    const again = await startA();
    await b.quit();
    await again.quit();
    expect(await account.now()).toEqual(p);
  });

  it('is put right when the second crashed, by the first that still runs', async () => {
    const { account, p, a, b } = await takenTwice();
    expect(await a.keeper.mend(true)).toMatchObject({ to: 'another-desk' });
    await b.crash();
    expect(await a.keeper.mend(true)).toEqual({ to: 'here', voiceUrl: a.voiceUrl });
    await a.quit();
    expect(await account.now()).toEqual(p);
  });

  it('is put right when both crashed, by the next run of the first', async () => {
    const { account, p, a, b, startA } = await takenTwice();
    await a.crash();
    await b.crash();
    await (await startA()).quit();
    expect(await account.now()).toEqual(p);
  });

  it('is put right when the second crashed and the first quits then', async () => {
    const { account, p, a, b } = await takenTwice();
    await b.crash();
    await a.quit();
    expect(await account.now()).toEqual(p);
  });

  it('is put right when the first has taken it once more against the second', async () => {
    const { account, p, a, b, ofB } = await takenTwice();
    await a.keeper.take(true);
    expect(await account.now()).toMatchObject({ voiceUrl: a.voiceUrl });
    await b.quit();
    expect(ofB.of(account.accountSid)).toEqual([]);
    await a.quit();
    expect(await account.now()).toEqual(p);
    await (await start(account, ofB)).quit();
    expect(await account.now()).toEqual(p);
  });

  it('goes back with its messages, which only the second had taken', async () => {
    const { account, p, a, b } = await takenTwice({ takeMessages: true });
    await b.crash();
    await a.keeper.mend(true);
    expect(await account.now()).toMatchObject({ voiceUrl: a.voiceUrl, smsUrl: BEFORE.smsUrl });
    await a.quit();
    expect(await account.now()).toEqual(p);
  });

  it('is given back at once by a first desk that does not want it any more', async () => {
    const { account, p, a, b, ofA } = await takenTwice();
    await a.keeper.giveBack();
    expect(await account.now()).toMatchObject({ voiceUrl: b.voiceUrl });
    await b.quit();
    expect(await a.keeper.mend(false)).toEqual({ to: 'elsewhere', voiceUrl: p.voiceUrl });
    expect(await account.now()).toEqual(p);
    expect(ofA.of(account.accountSid)).toEqual([]);
  });
});

describe('a number that the first desk took back at another address', () => {
  it('is put right when both quit, and when the second starts once more', async () => {
    const { account, p, a, b, ofB, startA } = await takenTwice();
    await a.quit();
    const again = await startA(true);
    expect(await account.now()).toMatchObject({ voiceUrl: again.voiceUrl });
    await b.quit();
    await again.quit();
    expect(await account.now()).toEqual(p);
    await (await start(account, ofB)).quit();
    expect(await account.now()).toEqual(p);
  });

  it('is put right by the first, though it crashed and the second had the number then', async () => {
    const { account, p, a, b, ofB, startA } = await takenTwice();
    await a.crash();
    const again = await startA(true);
    await b.quit();
    await again.crash();
    await (await start(account, ofB)).quit();
    await (await startA()).quit();
    expect(await account.now()).toEqual(p);
  });
});

describe('a desk that crashed with the number', () => {
  it('puts it right at its next start, whoever took it meanwhile', async () => {
    const account = await ownedAccount();
    const p = await account.now();
    const ofA = openPointed();
    const a = await start(account, ofA);
    await a.crash();
    const b = await start(account, openPointed());
    expect(await account.now()).toMatchObject({ voiceUrl: b.voiceUrl });
    await b.quit();
    await (await start(account, ofA)).quit();
    expect(await account.now()).toEqual(p);
  });
});

describe('mending where a number goes', () => {
  it('leaves alone what is as it should be, and what its owner has changed', async () => {
    const account = await ownedAccount();
    const a = await start(account, openPointed());
    expect(await a.keeper.mend(true)).toEqual({ to: 'here', voiceUrl: a.voiceUrl });
    // An app of its owner that answers, at a path like a desk’s.
    const app = await openWebhookServer();
    onTestFinished(() => app.close());
    const voiceUrl = `${app.local}/voice/webhook`;
    await account.change({ voiceUrl });
    expect(await a.keeper.mend(true)).toEqual({ to: 'elsewhere', voiceUrl });
    await a.quit();
    expect(await account.now()).toMatchObject({ voiceUrl });
  });

  it('does nothing with a number that was never taken', async () => {
    const account = await ownedAccount();
    await account.change({ voiceUrl: 'http://127.0.0.1:1/voice/webhook' });
    const pointed = openPointed();
    const a = await start(account, openPointed());
    await a.quit();
    const other = await start(account, pointed);
    await other.keeper.giveBack();
    expect(await other.keeper.mend(true)).toMatchObject({ to: 'elsewhere' });
    expect(await account.now()).toMatchObject({ voiceUrl: 'http://127.0.0.1:1/voice/webhook' });
  });
});
