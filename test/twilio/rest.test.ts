import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ProblemError } from '../../electron/core/problem.ts';
import { createPracticeLine, type PracticeLine } from '../../electron/practice/practice-line.ts';
import { systemClock } from '../../electron/system-clock.ts';
import { createRest, type Rest } from '../../electron/twilio/rest.ts';
import { quietLog } from '../support/quiet-log.ts';

let practice: PracticeLine;
let rest: Rest;

beforeEach(async () => {
  practice = await createPracticeLine({ clock: systemClock, log: quietLog });
  rest = createRest(practice);
});

afterEach(() => practice.close());

const nowhere = { url: 'http://127.0.0.1:9/voice', statusCallback: 'http://127.0.0.1:9/status' };

async function problemOf(attempt: Promise<unknown>) {
  const error: unknown = await attempt.then(
    () => null,
    failure => failure,
  );
  if (!(error instanceof ProblemError)) throw new Error('no problem was told', { cause: error });
  return error.problem;
}

describe('Twilio’s REST API', () => {
  it('points the number here and tells where its calls went before', async () => {
    const first = { voiceUrl: 'http://127.0.0.1:9/a', statusCallback: 'http://127.0.0.1:9/b' };
    const second = { voiceUrl: 'http://127.0.0.1:9/c', statusCallback: 'http://127.0.0.1:9/d' };
    await rest.pointNumber(practice.number, first);
    expect(await rest.pointNumber(practice.number, second)).toEqual(first);
  });

  it('knows no number that the account does not own', async () => {
    const webhooks = { voiceUrl: 'http://127.0.0.1:9/a', statusCallback: 'http://127.0.0.1:9/b' };
    expect(await rest.pointNumber('+14155559999', webhooks)).toBeNull();
  });

  it('starts a call, tells its status and ends it', async () => {
    const sid = await rest.dial({ to: '+14155550111', from: practice.number, ...nowhere });
    expect(sid).toMatch(/^CA[0-9a-f]{32}$/);
    expect(['queued', 'ringing']).toContain(await rest.status(sid));
    expect(['canceled', 'completed']).toContain(await rest.end(sid, 'canceled'));
  });

  it('takes a call that Twilio does not know for over', async () => {
    const unknown = `CA${'0'.repeat(32)}`;
    expect(await rest.status(unknown)).toBe('completed');
    expect(await rest.end(unknown, 'completed')).toBe('completed');
  });

  it('turns each refusal into a problem with its code and a remedy', async () => {
    const refused = { '+15005550001': '21211', '+15005550002': '21214', '+15005550003': '21215' };
    for (const [to, code] of Object.entries(refused)) {
      const problem = await problemOf(rest.dial({ to, from: practice.number, ...nowhere }));
      expect(problem).toMatchObject({ kind: 'refused-by-twilio', code });
      expect(problem.remedy).not.toBe('');
    }
  });

  it('says so when the token is wrong', async () => {
    const wrong = createRest({ ...practice, authToken: 'f'.repeat(32) });
    expect(await problemOf(wrong.pointNumber(practice.number, { ...pointless }))).toMatchObject({
      kind: 'refused-by-twilio',
      code: '20003',
    });
  });

  it('says so when nobody answers', async () => {
    await practice.close();
    expect(await problemOf(rest.status(`CA${'0'.repeat(32)}`))).toMatchObject({
      kind: 'twilio-unreachable',
      code: 'ECONNREFUSED',
    });
  });
});

const pointless = { voiceUrl: '', statusCallback: '' };
