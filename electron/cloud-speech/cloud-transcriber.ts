import type { Clock } from '../core/clock.ts';
import type { ListeningSession, SoundTranscriber } from '../core/transcriber.ts';
import type { Log } from '../log.ts';
import { openSession } from './listening-session.ts';
import { noKey, type ServiceWords } from './service-faults.ts';
import type { SpeechService } from './speech-service.ts';

/** Makes a transcriber of a service: one session for each side of each call. */
export function createCloudTranscriber(
  service: SpeechService,
  ports: {
    readonly clock: Clock;
    readonly log: Log;
    readonly key: () => string | null;
    readonly words: ServiceWords;
  },
): SoundTranscriber {
  const sessions = new Set<ListeningSession>();
  return {
    name: service.name,
    obstacle: () => (ports.key() === null ? noKey(ports.words) : null),
    open: (request, listener) => {
      const session = openSession(request, listener, {
        ...ports,
        service,
        onClosed: () => sessions.delete(session),
      });
      sessions.add(session);
      return session;
    },
    close: async () => {
      await Promise.all([...sessions].map(session => session.close()));
    },
  };
}
