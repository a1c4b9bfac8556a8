import { focusFirstIssue } from '../controls/focus-first-issue.ts';
import { InlineProblem } from '../controls/inline-problem.tsx';
import { TextField } from '../controls/text-field.tsx';
import { credentialIssues, type SetUp } from './set-up.ts';
import { changeSetUp, checkAccount } from './set-up-store.ts';
import { StepActs } from './step-acts.tsx';

type CredentialsStepProps = { readonly setUp: SetUp };

/** What opens the account: its SID with the auth token, or with an API key. */
export function CredentialsStep({ setUp }: CredentialsStepProps) {
  const { accountSid, way, authToken, apiKey, apiSecret, busy, problem, tokenRefused } = setUp;
  const issues = setUp.tried ? credentialIssues(setUp) : {};
  const byKey = way === 'key';
  return (
    <form
      className="set-up-form"
      onSubmit={event => {
        event.preventDefault();
        void checkAccount();
        focusFirstIssue(event.currentTarget);
      }}
    >
      {tokenRefused ? (
        <p className="note" data-tone="care">
          Twilio refused the auth token. Calls cannot start. It may have been rotated: copy the
          current one.
        </p>
      ) : null}
      <TextField
        name="Account SID"
        value={accountSid}
        hint="AC…"
        issue={issues.accountSid}
        about={
          <>
            On the first page of <span className="pick">console.twilio.com</span>, under Account
            Info.
          </>
        }
        onChange={next => changeSetUp({ accountSid: next })}
      />
      {byKey ? (
        <>
          <TextField
            name="API key SID"
            value={apiKey}
            hint="SK…"
            issue={issues.apiKey}
            onChange={next => changeSetUp({ apiKey: next })}
          />
          <TextField
            name="API key secret"
            value={apiSecret}
            secret
            issue={issues.apiSecret}
            onChange={next => changeSetUp({ apiSecret: next })}
          />
        </>
      ) : null}
      <TextField
        name="Auth token"
        value={authToken}
        secret
        issue={issues.authToken}
        about={
          byKey
            ? 'Still needed to verify calls that come in: only this token can.'
            : 'Beside the SID. It goes to Twilio and to nobody else.'
        }
        onChange={next => changeSetUp({ authToken: next })}
      />
      <button
        type="button"
        className="button link"
        onClick={() => changeSetUp({ way: byKey ? 'token' : 'key', apiKey: '', apiSecret: '' })}
      >
        {byKey ? 'Use the auth token only' : 'Use an API key instead'}
      </button>
      {problem === null ? null : <InlineProblem problem={problem} />}
      <StepActs main={busy ? 'Asking Twilio…' : 'Check'} busy={busy} />
    </form>
  );
}
