/**
 * What a process of native code needs to find its libraries, its sound card and a place for its files.
 * Everything else stays here: accounts and keys may be in the environment, and no helper needs them.
 */
const PASSED = new Set([
  ...['PATH', 'HOME', 'USER', 'LOGNAME', 'LANG', 'LANGUAGE', 'TZ', 'TMPDIR', 'TEMP', 'TMP'],
  ...['DISPLAY', 'WAYLAND_DISPLAY', 'XAUTHORITY', 'DBUS_SESSION_BUS_ADDRESS', 'LD_LIBRARY_PATH'],
  // Windows loads no library without some of these.
  ...['SYSTEMROOT', 'SYSTEMDRIVE', 'WINDIR', 'PROGRAMDATA', 'PROGRAMFILES', 'COMSPEC', 'PATHEXT'],
  ...['APPDATA', 'LOCALAPPDATA', 'USERPROFILE', 'HOMEDRIVE', 'HOMEPATH'],
]);

/** Families of names: of the language, of folders, and of each way sound takes. */
const PASSED_FAMILY = /^(LC|XDG|PULSE|PIPEWIRE|ALSA|JACK|DYLD)_/;

/**
 * The environment of a helper: only names that are on a list, and how many threads it has for native code.
 * @param environment of this process
 */
export function helperEnvironment(
  environment: NodeJS.ProcessEnv,
  threads: number | undefined,
): NodeJS.ProcessEnv {
  const passed = Object.entries(environment).filter(([name]) => {
    // Windows writes names in any case.
    const upper = name.toUpperCase();
    return PASSED.has(upper) || PASSED_FAMILY.test(upper);
  });
  return {
    ...Object.fromEntries(passed),
    ...(threads === undefined ? {} : { UV_THREADPOOL_SIZE: `${threads}` }),
  };
}
