/**
 * The app's name among all programs of a computer. Windows shows notifications and pins windows only for
 * a process that bears the name of its shortcut, which the installer makes.
 * Source: https://learn.microsoft.com/windows/win32/shell/appids
 */
export const APP_ID = 'app.earshot.desk';
