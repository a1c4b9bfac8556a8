import { describe, expect, it } from 'vitest';
import { checkAnswer } from './twilio-answer.ts';

const SID = `AC${'a'.repeat(32)}`;
const ACCOUNT = `/2010-04-01/Accounts/${SID}`;

const balance = { account_sid: SID, balance: '12.34', currency: 'USD' };

function answer(json: unknown, status = 200, path = '/Balance.json'): string[] {
  return checkAnswer({ method: 'GET', url: `${ACCOUNT}${path}`, status, json });
}

const page = {
  queues: [],
  page: 0,
  page_size: 50,
  start: 0,
  end: 0,
  uri: `${ACCOUNT}/Queues.json?PageSize=50&Page=0`,
  first_page_uri: `${ACCOUNT}/Queues.json?PageSize=50&Page=0`,
  next_page_uri: null,
  previous_page_uri: null,
};

const queue = {
  sid: `QU${'b'.repeat(32)}`,
  account_sid: SID,
  friendly_name: 'support',
  current_size: 0,
  max_size: 100,
  average_wait_time: 0,
  date_created: 'Tue, 31 Aug 2010 20:36:28 +0000',
  date_updated: 'Tue, 31 Aug 2010 20:36:28 +0000',
  uri: `${ACCOUNT}/Queues/QU${'b'.repeat(32)}.json`,
};

const CALL_PROPERTIES = `
  sid date_created date_updated parent_call_sid account_sid to to_formatted from from_formatted
  phone_number_sid status start_time end_time duration price price_unit direction answered_by
  api_version forwarded_from group_sid caller_name queue_time trunk_sid uri subresource_uris
`
  .trim()
  .split(/\s+/);

describe('an answer of Twilio', () => {
  it('is valid as its examples write it', () => {
    expect(answer(balance)).toEqual([]);
    expect(answer({ ...balance, currency: null })).toEqual([]);
    expect(answer(page, 200, '/Queues.json')).toEqual([]);
    expect(answer({ ...page, queues: [queue] }, 200, '/Queues.json')).toEqual([]);
  });

  it('is not valid with a property too few, too many or of another type', () => {
    const { currency, ...less } = balance;
    expect(answer(less)).toEqual(['the answer lacks currency']);
    expect(answer({ ...balance, credit: currency })).toEqual(['the answer has an unknown credit']);
    expect(answer({ ...balance, balance: 12.34 })).toEqual(['balance must be string,null']);
    expect(answer({ ...balance, account_sid: 'AC12' })).toHaveLength(1);
  });

  it('is not valid with a time in another form, deep inside a list', () => {
    const other = { ...queue, date_created: '2010-08-31T20:36:28Z' };
    expect(answer({ ...page, queues: [other] }, 200, '/Queues.json')).toEqual([
      'queues[0].date_created must match format "date-time-rfc-2822"',
    ]);
  });

  it('may leave out which of some words it is', () => {
    const call = Object.fromEntries(CALL_PROPERTIES.map(name => [name, null]));
    expect(answer(call, 200, `/Calls/CA${'c'.repeat(32)}.json`)).toEqual([]);
  });

  it('is not valid with another status or from nowhere', () => {
    expect(answer(balance, 202)).toEqual(['the status must be 200']);
    expect(answer(balance, 200, '/Telegrams.json')).toHaveLength(1);
  });

  it('may be a refusal that says why', () => {
    const refusal = { code: 20404, message: 'Gone', more_info: 'https://x.test/', status: 404 };
    expect(answer(refusal, 404)).toEqual([]);
    expect(answer({ error: 'Gone' }, 404)).toContain('the answer lacks code');
  });
});
