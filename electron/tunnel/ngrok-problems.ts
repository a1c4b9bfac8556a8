import type { Problem } from '../core/problem.ts';

const AUTHTOKEN_PAGE = 'https://dashboard.ngrok.com/get-started/your-authtoken';

type Words = Pick<Problem, 'kind' | 'message' | 'remedy' | 'link'>;

const refused = (message: string, remedy: string, link?: string): Words => ({
  kind: 'tunnel-refused',
  message,
  remedy,
  ...(link === undefined ? {} : { link }),
});

const wrongToken = refused(
  'ngrok refused the authtoken, so calls cannot come in.',
  'Copy the authtoken from the ngrok dashboard again; it may have been replaced.',
  AUTHTOKEN_PAGE,
);

const wrongDomain = refused(
  'The domain does not belong to this ngrok account, so calls cannot come in.',
  'Choose a domain of this account, or leave it empty for the one it was given.',
  'https://dashboard.ngrok.com/domains',
);

const agentTooOld = refused(
  'ngrok does not take this version of its agent any more, so calls cannot come in.',
  'Update Earshot, or give a public address of your own.',
);

/** The codes people meet. Source: https://ngrok.com/docs/errors/reference */
const WORDS: Readonly<Record<string, Words>> = {
  ERR_NGROK_102: refused(
    'ngrok says that the last payment for this account failed, so calls cannot come in.',
    'Look at the billing page of the ngrok dashboard.',
  ),
  ERR_NGROK_103: refused(
    'ngrok has suspended this account, so calls cannot come in.',
    'Ask ngrok’s support, or give a public address of your own.',
  ),
  ERR_NGROK_105: wrongToken,
  ERR_NGROK_106: wrongToken,
  ERR_NGROK_107: wrongToken,
  ERR_NGROK_108: refused(
    'Another computer or program runs ngrok with this authtoken, and the account allows no second.',
    'Close the other one; the ngrok dashboard shows under Agents where it runs.',
    'https://dashboard.ngrok.com/agents',
  ),
  ERR_NGROK_120: agentTooOld,
  ERR_NGROK_121: agentTooOld,
  ERR_NGROK_313: wrongDomain,
  ERR_NGROK_314: wrongDomain,
  ERR_NGROK_319: wrongDomain,
  ERR_NGROK_320: wrongDomain,
  ERR_NGROK_334: refused(
    'The domain is already open: another tunnel leads from it to somewhere else.',
    'Close the other tunnel; the ngrok dashboard shows under Endpoints where it runs.',
    'https://dashboard.ngrok.com/endpoints',
  ),
  ERR_NGROK_727: refused(
    'This ngrok account has used up its traffic, so calls cannot come in.',
    'Wait for the next month, or choose a larger plan at ngrok.',
  ),
  ERR_NGROK_4018: refused(
    'ngrok opens no tunnel without an authtoken of a verified account.',
    'Sign up at ngrok, verify the e-mail address and copy the authtoken.',
    AUTHTOKEN_PAGE,
  ),
};

/** What ngrok's agent says, in words. Its own text may repeat the authtoken and is never passed on. */
export function explainNgrok(said: string): Problem {
  const code = /ERR_NGROK_\d+/.exec(said)?.[0];
  if (code !== undefined) {
    const words =
      WORDS[code] ??
      refused(
        'ngrok did not open the tunnel, so calls cannot come in.',
        'Read what ngrok writes about this code.',
      );
    return { link: `https://ngrok.com/docs/errors/${code.toLowerCase()}`, ...words, code };
  }
  if (/tls|certificate/i.test(said)) {
    return {
      kind: 'tunnel-down',
      message:
        'Something on the way to ngrok opens secure connections, so the tunnel stays closed.',
      remedy: 'Use a network without such a proxy, or give a public address of your own.',
    };
  }
  return {
    kind: 'tunnel-down',
    message: 'ngrok cannot be reached, so calls cannot come in. Calling out may work.',
    remedy: 'Check the internet connection; a firewall must let connect.ngrok-agent.com through.',
  };
}

/** A tunnel that was open is gone. */
export const LOST: Problem = {
  kind: 'tunnel-down',
  message:
    'The tunnel was lost, so Twilio does not reach this computer. New calls cannot ring here.',
  remedy: 'Check the internet connection; the tunnel opens again by itself.',
};

/** The agent cannot be loaded here. */
export const NO_AGENT: Problem = {
  kind: 'tunnel-refused',
  message: 'The tunnel cannot run on this system: its program is missing or does not start.',
  remedy:
    'Install Earshot again (Windows also needs the Visual C++ Redistributable), or give a public address of your own.',
};

/** A tunnel opened without telling its address. */
export const NO_URL: Problem = {
  kind: 'tunnel-down',
  message: 'ngrok opened a tunnel without an address.',
  remedy: 'Try again; check the domain if it stays so.',
};
