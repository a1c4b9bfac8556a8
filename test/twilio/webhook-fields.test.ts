import { describe, expect, it } from 'vitest';
import { formFields, jsonFields, queryFields, text } from '../../electron/twilio/webhook-fields.ts';

describe('the fields of a webhook', () => {
  it('are read from a form, those sent twice with all their values', () => {
    const form = formFields('To=%2B15550100&Body=a+b%20c&Media=b&Media=a&Empty=&%zz=1');
    expect(form).toEqual({
      To: '+15550100',
      Body: 'a b c',
      Media: ['b', 'a'],
      Empty: '',
      '%zz': '1',
    });
    expect(formFields('')).toEqual({});
  });

  it('are read from a query, of those sent twice the first', () => {
    expect(queryFields('/voice?callId=a%2Fb&callId=c&type=status')).toEqual({
      callId: 'a/b',
      type: 'status',
    });
    expect(queryFields('/voice')).toEqual({});
    expect(queryFields('/voice?')).toEqual({});
  });

  it('are read from a JSON object, what is no text as JSON', () => {
    expect(jsonFields('{"a":"1","b":2,"c":null,"d":{"e":[true]}}')).toEqual({
      a: '1',
      b: '2',
      c: 'null',
      d: '{"e":[true]}',
    });
    expect(jsonFields('')).toEqual({});
    for (const json of ['{', '[1]', 'null', '1']) expect(jsonFields(json), json).toBeNull();
  });

  it('are texts; of several the first, of none nothing', () => {
    expect([text('a'), text(['b', 'c']), text([]), text(undefined)]).toEqual(['a', 'b', '', '']);
  });
});
