import { type EndedCall, type Party, talkTimeMs } from '../../electron/core/call.ts';
import { formatPhoneNumber } from '../../electron/core/phone-number.ts';
import { fullName, numberOf } from '../words/names.ts';
import { formatMoment, spellLength } from '../words/times.ts';

/** What is known of a call that is over, as names and values. */
export function callFacts(
  call: EndedCall,
  locale?: string,
): readonly (readonly [name: string, value: string])[] {
  const inbound = call.direction === 'inbound';
  if (call.kind === 'supervised') {
    return [
      [
        call.reason === 'left' ? 'Until you left' : 'Call time',
        spellLength(talkTimeMs(call, call.endedAt)),
      ],
      ['Began', formatMoment(call.startedAt, locale)],
      ['Customer', partyWords(call.them)],
      ...call.others.map(other => ['Also there', partyWords(other)] as const),
    ];
  }
  const waited = (call.answeredAt ?? call.endedAt) - call.startedAt;
  return [
    ['Talk time', call.answeredAt === null ? 'none' : spellLength(talkTimeMs(call, call.endedAt))],
    ...(call.reason === 'refused'
      ? []
      : [[inbound ? 'Rang for' : 'Waited', spellLength(waited)] as const]),
    ['Began', formatMoment(call.startedAt, locale)],
    [inbound ? 'From' : 'To', numberOf(call.them)],
    [inbound ? 'To' : 'From', formatPhoneNumber(call.ours)],
  ];
}

function partyWords(party: Party): string {
  return party.name === null ? numberOf(party) : `${fullName(party)}, ${numberOf(party)}`;
}
