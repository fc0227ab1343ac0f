// The messages of a conversation.
import { h, avatar, byId, clock, keep } from "./dom.js";
import { icon } from "./icons.js";
import { blocks } from "./blocks.js";
import { mrkdwn } from "./mrkdwn.js";

export function showMessages(view, context) {
  const log = byId("log");
  const moved = log.dataset.where !== view.here.id;
  const atEnd = moved || log.scrollHeight - log.scrollTop - log.clientHeight < 60;
  if (moved) {
    log.replaceChildren();
    log.dataset.where = view.here.id;
  }
  const { roots, replies } = threads(view.messages);
  const faces = roots.map((message, i) => ({
    message,
    replies: replies.get(message.ts) ?? [],
    calls: { ...callsOf(message, view.calls), ...callsOf(replies.get(message.ts) ?? [], view.calls) },
    joined: follows(message, roots[i - 1]),
    me: view.me.id,
  }));
  if (faces.length === 0) faces.push({ empty: true, here: view.here });
  keep(log, faces, (face) => face.message?.ts ?? "empty", (face) =>
    face.empty ? emptiness(face.here) : messageElement(face, context));
  if (atEnd) log.scrollTop = log.scrollHeight;
}

function emptiness(here) {
  const name = here.kind === "PUBLIC" || here.kind === "PRIVATE" ? "#" + here.label : here.label;
  return h("div", { class: "empty" }, h("strong", {}, `This is the beginning of ${name}.`), h("br"),
    "Type ", h("kbd", {}, "/call Standup"), " and press Enter: a Call starts, whether or not the bot is a member here.");
}

/** Replies stand under the message that began their thread, as long as that is on the page. */
function threads(messages) {
  const shown = new Set(messages.map((message) => message.ts));
  const isReply = (message) => message.thread && message.thread !== message.ts && shown.has(message.thread);
  const replies = new Map();
  for (const message of messages.filter(isReply)) {
    replies.set(message.thread, [...(replies.get(message.thread) ?? []), message]);
  }
  return { roots: messages.filter((message) => !isReply(message)), replies };
}

function callsOf(messages, all) {
  const ids = JSON.stringify(messages).matchAll(/"call_id":"([^"]+)"/g);
  return Object.fromEntries([...ids].map(([, id]) => [id, all[id]]));
}

const follows = (message, before) =>
  Boolean(before) && before.author === message.author && !message.onlyMe && !before.onlyMe
  && Number(message.ts) - Number(before.ts) < 300;

function messageElement({ message, replies = [], calls, joined }, context) {
  const inside = { ...context, calls, click: (element, block) => context.click(message, element, block) };
  const name = context.names.person(message.author) ?? "Slackbot";
  const app = message.fromApp || message.author === "USLACKBOT";
  return h("article", { class: "message" + (joined ? " joined" : "") + (message.onlyMe ? " only-me" : ""), "aria-label": name },
    avatar(name, app ? "app" : ""),
    h("div", { class: "message-body" },
      message.onlyMe ? h("div", { class: "only-me-mark" }, icon("eye", 14), " Only visible to you") : null,
      h("div", { class: "message-head" },
        h("span", { class: "author" }, name),
        app ? h("span", { class: "app-tag" }, "APP") : null,
        h("time", { datetime: new Date(Number(message.ts) * 1000).toISOString() }, clock(Number(message.ts))),
        message.thread && !replies.length && context.inThread !== true ? h("span", { class: "quiet" }, "in a thread") : null),
      message.blocks.length
        ? blocks(message.blocks, inside)
        : h("div", { class: "text" }, mrkdwn(message.text, context.names)),
      message.edited && !message.blocks.length ? h("span", { class: "quiet" }, " (edited)") : null,
      message.unfurls.map((unfurl) => unfurlElement(unfurl, inside)),
      replies.length ? thread(replies, calls, context) : null));
}

const thread = (replies, calls, context) =>
  h("details", { class: "thread", open: true },
    h("summary", {}, replies.length === 1 ? "1 reply" : `${replies.length} replies`),
    replies.map((message) => messageElement({ message, calls, joined: false }, { ...context, inThread: true })));

export const unfurlElement = (unfurl, context) =>
  h("div", { class: "unfurl" }, blocks(unfurl.blocks, context));
