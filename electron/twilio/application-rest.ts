import { answerOf } from './refusals.ts';
import type { Client } from './rest-client.ts';
import { endOf } from './room-problems.ts';

/** An application of the account: what a leg does that is called by its name. */
export type Application = {
  /** AP… */
  readonly sid: string;
  readonly voiceUrl: string;
};

/** The Applications resource, as far as Earshot uses it. Every failure is a `ProblemError`. */
export type ApplicationRest = {
  /** Those of this name. */
  readonly named: (name: string) => Promise<readonly Application[]>;
  readonly create: (name: string, voiceUrl: string) => Promise<Application>;
  /** Lets its legs ask another address. */
  readonly point: (sid: string, voiceUrl: string) => Promise<void>;
  /** Deletes it; one that is gone stays so. */
  readonly remove: (sid: string) => Promise<void>;
};

const MOST_APPLICATIONS = 20;

/** Twilio's applications through its own client. */
export function createApplicationRest(client: Client): ApplicationRest {
  return {
    named: async name => {
      const found = await answerOf(
        client.applications.list({ friendlyName: name, limit: MOST_APPLICATIONS }),
      );
      return found.filter(({ friendlyName }) => friendlyName === name).map(applicationOf);
    },
    create: async (friendlyName, voiceUrl) =>
      applicationOf(
        await answerOf(client.applications.create({ friendlyName, voiceUrl, voiceMethod: 'POST' })),
      ),
    point: async (sid, voiceUrl) => {
      await answerOf(client.applications(sid).update({ voiceUrl, voiceMethod: 'POST' }));
    },
    remove: sid => endOf(client.applications(sid).remove()),
  };
}

/** An address that Twilio leaves out is null, whatever the client's types say. */
function applicationOf({
  sid,
  voiceUrl,
}: {
  readonly sid: string;
  readonly voiceUrl?: string | null;
}): Application {
  return { sid, voiceUrl: voiceUrl ?? '' };
}
