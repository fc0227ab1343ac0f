// Slack's mrkdwn as elements: docs.slack.dev/messaging/formatting-message-text.
import { h, safeLink } from "./dom.js";

const MARKS = new RegExp(
  [
    "```([\\s\\S]+?)```",
    "`([^`\\n]+)`",
    "<([^<>\\n]+)>",
    "(?<![\\w*])\\*(?=\\S)([^*\\n]*[^*\\s])\\*(?![\\w*])",
    "(?<![\\w_])_(?=\\S)([^_\\n]*[^_\\s])_(?![\\w_])",
    "(?<![\\w~])~(?=\\S)([^~\\n]*[^~\\s])~(?![\\w~])",
    "\\n",
    "https?://[^\\s<>|`]*[^\\s<>|`.,;:!?)]",
  ].join("|"), "g");

const characters = (text) => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

/** What stands for &lt;, &gt; and &amp;, and nothing else: plain_text. */
export const plain = (text) => document.createTextNode(characters(text));

export function mrkdwn(text, names) {
  const whole = document.createDocumentFragment();
  let quote = null;
  for (const line of lines(text)) {
    const quoted = line.match(/^(?:&gt;|>) ?([\s\S]*)$/);
    if (quoted) {
      if (!quote) whole.append((quote = h("blockquote")));
      else quote.append(h("br"));
      quote.append(inline(quoted[1], names));
    } else {
      if (whole.lastChild && !quote) whole.append(h("br"));
      quote = null;
      whole.append(inline(line, names));
    }
  }
  return whole;
}

/** Lines, but a block of code is not torn apart. */
function lines(text) {
  return text.split(/\n(?=(?:(?:[^`]|`(?!``))*```(?:[^`]|`(?!``))*```)*(?:[^`]|`(?!``))*$)/);
}

function inline(text, names) {
  const out = document.createDocumentFragment();
  let from = 0;
  for (const match of text.matchAll(MARKS)) {
    out.append(plain(text.slice(from, match.index)));
    out.append(marked(match, names));
    from = match.index + match[0].length;
  }
  out.append(plain(text.slice(from)));
  return out;
}

function marked([whole, block, code, bracket, bold, italic, strike], names) {
  if (block !== undefined) return h("pre", {}, plain(block.replace(/^\n/, "")));
  if (code !== undefined) return h("code", {}, plain(code));
  if (bracket !== undefined) return reference(bracket, names);
  if (bold !== undefined) return h("strong", {}, inline(bold, names));
  if (italic !== undefined) return h("em", {}, inline(italic, names));
  if (strike !== undefined) return h("s", {}, inline(strike, names));
  return whole === "\n" ? h("br") : reference(whole, names);
}

function reference(inside, names) {
  const bar = inside.indexOf("|");
  const target = bar < 0 ? inside : inside.slice(0, bar);
  const label = bar < 0 ? null : inside.slice(bar + 1);
  if (target.startsWith("@")) {
    const id = target.slice(1);
    const me = id === names.me ? " me" : "";
    return h("span", { class: "mention" + me }, "@" + (names.person(id) ?? label ?? id));
  }
  if (target.startsWith("#")) {
    const id = target.slice(1);
    const name = names.channel(id);
    if (!name) return h("span", { class: "mention" }, "#" + (label || "private channel"));
    return h("a", { class: "mention", href: "#" + encodeURIComponent(name) }, "#" + name);
  }
  if (target.startsWith("!date^")) return date(target, label);
  if (target.startsWith("!")) return h("span", { class: "mention me" }, "@" + (label ?? target.slice(1)));
  const url = safeLink(characters(target));
  const words = plain(label || target);
  return url ? h("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, words) : words;
}

const FORMATS = {
  date_num: { year: "numeric", month: "2-digit", day: "2-digit" },
  date: { year: "numeric", month: "long", day: "numeric" },
  date_short: { year: "numeric", month: "short", day: "numeric" },
  date_long: { weekday: "long", year: "numeric", month: "long", day: "numeric" },
  time: { hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
  time_secs: { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" },
};

function date(target, fallback) {
  const [, seconds, format, link] = target.split("^");
  const moment = new Date(Number(seconds) * 1000);
  if (!format || Number.isNaN(moment.getTime())) return plain(fallback ?? target);
  const shown = format.replace(/\{(\w+)\}/g, (whole, name) => {
    const pretty = name.endsWith("_pretty");
    const base = name.replace("_pretty", "");
    if (name === "ago") return ago(moment);
    if (!FORMATS[base]) return whole;
    if (pretty && moment.toDateString() === new Date().toDateString()) return "today";
    return moment.toLocaleString([], FORMATS[base]);
  });
  const url = link && safeLink(characters(link));
  const time = h("time", { datetime: moment.toISOString(), title: moment.toLocaleString() }, shown);
  return url ? h("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, time) : time;
}

function ago(moment) {
  const minutes = Math.round((Date.now() - moment) / 60000);
  if (minutes < 1) return "just now";
  return minutes < 60 ? minutes + " min ago" : Math.round(minutes / 60) + " h ago";
}
