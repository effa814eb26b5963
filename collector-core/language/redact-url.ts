// Passwords in the user part of URLs: secrets that may stand wherever a URL may be written.

/** Bounded in front, so that a search takes linear time. A quote ends it unless it is escaped. */
const anyUrl = /[a-z][a-z0-9+.-]{0,30}:\/\/(?:\\"|[^\s"])+/gi

/** A URL as it may be shown: a password in it reads `xxxxx`. */
export function redactUrl(url: string): string {
  return withPassword(url, () => 'xxxxx')
}

/** Any text as it may be shown: every URL in it as `redactUrl` has it. */
export function redactUrls(text: string): string {
  return text.includes('@') ? redactUrl(text).replace(anyUrl, redactUrl) : text
}

/** The text with a `*` for every character of a password in a URL: as long as before. */
export function starUrls(text: string): string {
  return text.replace(anyUrl, (url) => withPassword(url, (password) => '*'.repeat(password.length)))
}

/**
 * scheme "://" [ user [ ":" password ] "@" ] rest ; the user part ends at the last "@" before the path, and in what is no
 * URL, perhaps because of that password, at the last of all.
 */
function withPassword(url: string, show: (password: string) => string): string {
  const scheme = /^[a-z][a-z0-9+.-]*:\/\//i.exec(url)?.[0]
  if (scheme === undefined) return url
  const start = scheme.length
  const rest = url.slice(start).search(/[/?#\\]/)
  let end = url.slice(0, rest < 0 ? undefined : start + rest).lastIndexOf('@')
  if (end < start && url.includes('@') && !URL.canParse(url)) end = url.lastIndexOf('@')
  const colon = url.indexOf(':', start)
  if (colon < 0 || colon > end) return url
  return `${url.slice(0, colon + 1)}${show(url.slice(colon + 1, end))}${url.slice(end)}`
}
