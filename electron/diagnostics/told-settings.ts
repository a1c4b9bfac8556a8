import type { Settings } from '../core/settings.ts';

/** Settings that are one of a few words, a number or a switch: none of them says anything of anybody. */
const TOLD = [
  'outputVolume',
  'inputVolume',
  'talk',
  'ringSound',
  'theme',
  'practiceRing',
  'setUpDone',
  'inboundPolicy',
  'whenBusy',
  'whenUnanswered',
  'ringSeconds',
  'dialSeconds',
  'longestCallMinutes',
  'detectMachines',
  'voice',
  'soundPath',
  'latency',
  'suppressNoise',
  'duckOthers',
  'record',
  'recorder',
  'keepRecordingsDays',
  'seatWay',
  'redact',
  'redactRecordings',
  'deadAirSeconds',
  'overTalkSeconds',
  'longHoldSeconds',
  'notifyOfAlerts',
  'openTelLinks',
  'updates',
] as const satisfies readonly (keyof Settings)[];

/** Settings of which it is told whether there is one: devices, numbers, names, texts, addresses. */
const TOLD_IF_SET = [
  'inputDeviceId',
  'outputDeviceId',
  'soundHost',
  'callerId',
  'recordNotice',
  'deskName',
  'seatNumber',
  'seatPhone',
  'agentUrl',
] as const satisfies readonly (keyof Settings)[];

/** What may be told of the settings; what is not named here is left out. */
export function toldSettings(settings: Settings): object {
  return {
    ...Object.fromEntries(TOLD.map(name => [name, settings[name]])),
    isSet: Object.fromEntries(
      TOLD_IF_SET.map(name => [name, settings[name] !== null && settings[name] !== '']),
    ),
    transcripts: {
      practice: toldTranscripts(settings.transcripts.practice),
      twilio: toldTranscripts(settings.transcripts.twilio),
    },
    counts: { allowList: settings.allowList.length, watchLists: settings.watchLists.length },
  };
}

function toldTranscripts({ by, language, hints }: Settings['transcripts']['twilio']): object {
  // The language without what may follow it, which is free text but for its form.
  return { by, language: /^[a-z]{2,3}/.exec(language)?.[0] ?? null, hints: hints.length };
}
