import { describe, expect, it } from 'vitest';
import { checkRequest } from './twilio-request.ts';

const ACCOUNT = `/2010-04-01/Accounts/AC${'a'.repeat(32)}`;
const CALL = `CA${'c'.repeat(32)}`;

const usual = { To: '+14155550111', From: '+14155550100', Url: 'https://earshot.test/voice' };

type Fields = Readonly<Record<string, string | readonly string[]>>;

function post(path: string, fields: Fields): string[] {
  const body = new URLSearchParams();
  for (const [name, values] of Object.entries(fields)) {
    for (const value of [values].flat()) body.append(name, value);
  }
  return checkRequest({
    method: 'POST',
    url: path,
    contentType: 'application/x-www-form-urlencoded; charset=UTF-8',
    body: body.toString(),
  });
}

function get(url: string): string[] {
  return checkRequest({ method: 'GET', url, contentType: undefined, body: '' });
}

const dial = (fields: Fields): string[] => post(`${ACCOUNT}/Calls.json`, fields);

describe('a request to Twilio', () => {
  it('is valid as Earshot and Twilio’s examples write it', () => {
    const events = ['initiated', 'ringing', 'answered', 'completed'];
    expect(dial({ ...usual, StatusCallbackEvent: events, Timeout: '60', Record: 'true' })).toEqual(
      [],
    );
    expect(get(`https://api.twilio.com${ACCOUNT}.json`)).toEqual([]);
    expect(get(`${ACCOUNT}/Calls.json?Status=in-progress&PageSize=20`)).toEqual([]);
    expect(get(`${ACCOUNT}/Calls.json?StartTime%3E=2026-01-02T03:04:05Z`)).toEqual([]);
    expect(get('/v1/Alerts?LogLevel=error&StartDate=2026-01-02T03:04:05Z')).toEqual([]);
    expect(post(`${ACCOUNT}/Calls/${CALL}.json`, { Status: 'completed' })).toEqual([]);
  });

  it.each<[string, Fields, string]>([
    ['no To', { From: usual.From, Url: usual.Url }, 'form: To is missing'],
    ['a To that is no endpoint', { ...usual, To: 'dana' }, 'form: To must match format "endpoint"'],
    ['two Tos', { ...usual, To: [usual.To, usual.To] }, 'form: To is given more than once'],
    ['an unknown parameter', { ...usual, Foo: 'bar' }, 'form: Foo is unknown'],
    ['a parameter in the wrong case', { ...usual, timeout: '6' }, 'form: timeout is unknown'],
    [
      'no instructions',
      { To: usual.To, From: usual.From },
      'form: one of Url, Twiml, ApplicationSid is missing',
    ],
    [
      'a wrong word for a method',
      { ...usual, Method: 'PUT' },
      'form: Method must be one of GET, POST',
    ],
    [
      'an event that is not in the list',
      { ...usual, StatusCallbackEvent: ['initiated', 'hung-up'] },
      'form: StatusCallbackEvent[1] must be one of initiated, ringing, answered, completed',
    ],
    ['a word for a number', { ...usual, Timeout: 'long' }, 'form: Timeout must be integer'],
    ['a fraction for a number', { ...usual, Timeout: '1.5' }, 'form: Timeout must be integer'],
    ['a word for a boolean', { ...usual, Record: 'yes' }, 'form: Record must be boolean'],
    ['an address that is none', { ...usual, Url: 'voice' }, 'form: Url must match format "uri"'],
    [
      'TwiML that is none',
      { ...usual, Twiml: '<Say>Hi</Say>' },
      'form: Twiml must match format "twiml"',
    ],
    [
      'too many digits',
      { ...usual, SendDigits: '1'.repeat(33) },
      'form: SendDigits must NOT have more than 32 characters',
    ],
  ])('is not valid with %s', (_, fields, fault) => {
    expect(dial(fields)).toContain(fault);
  });

  it('is not valid with a wrong SID', () => {
    expect(get('/2010-04-01/Accounts/AC12/Calls.json')).toEqual([
      'path: AccountSid must match pattern "^AC[0-9a-fA-F]{32}$"',
    ]);
    expect(get(`${ACCOUNT}/Calls/PN${'c'.repeat(32)}.json`)).toHaveLength(1);
  });

  it('is not valid where Twilio has nothing', () => {
    const nothing = `${ACCOUNT}/Telegrams.json`;
    expect(get(nothing)).toEqual([`Twilio describes no GET ${nothing}`]);
    expect(post(`${ACCOUNT}/Balance.json`, {})).toHaveLength(1);
  });

  it('is not valid with a wrong query', () => {
    expect(get(`${ACCOUNT}/Calls.json?Status=live`)).toEqual([
      expect.stringMatching(/^query: Status must be one of queued, ringing, /),
    ]);
    expect(get(`${ACCOUNT}/Calls.json?PageSize=2000`)).toEqual(['query: PageSize must be <= 1000']);
    expect(get(`${ACCOUNT}/Calls.json?Since=today`)).toEqual(['query: Since is unknown']);
  });

  it('is not valid with a body that is no form', () => {
    const faults = checkRequest({
      method: 'POST',
      url: `${ACCOUNT}/Calls/${CALL}.json`,
      contentType: 'application/json',
      body: '{"Status":"completed"}',
    });
    expect(faults).toContain('the body is not a form');
  });
});
