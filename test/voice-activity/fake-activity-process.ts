import type { LaunchVoiceActivity } from '../../electron/voice-activity/activity-link.ts';
import type {
  VoiceActivityReport,
  VoiceActivityRequest,
} from '../../electron/voice-activity/voice-activity-messages.ts';

/** Starts processes that are a test's own hands, and keeps them. */
export function fakeActivityProcesses() {
  const processes: {
    readonly report: (report: VoiceActivityReport) => void;
    readonly exit: () => void;
    readonly requests: VoiceActivityRequest[];
    readonly isKilled: () => boolean;
  }[] = [];
  const launch: LaunchVoiceActivity = ({ onReport, onExit }) => {
    const requests: VoiceActivityRequest[] = [];
    let killed = false;
    processes.push({ report: onReport, exit: onExit, requests, isKilled: () => killed });
    return {
      send: request => requests.push(request),
      kill: () => {
        killed = true;
      },
    };
  };
  return { processes, launch };
}
