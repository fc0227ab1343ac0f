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
  const faces = view.messages.map((message, i) => ({
    message,
    calls: callsOf(message, view.calls),
    joined: follows(message, view.messages[i - 1]),
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

function callsOf(message, all) {
  const ids = JSON.stringify([message.blocks, message.unfurls]).matchAll(/"call_id":"([^"]+)"/g);
  return Object.fromEntries([...ids].map(([, id]) => [id, all[id]]));
}

const follows = (message, before) =>
  Boolean(before) && before.author === message.author && !message.onlyMe && !before.onlyMe
  && Number(message.ts) - Number(before.ts) < 300;

function messageElement({ message, calls, joined }, context) {
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
        message.thread ? h("span", { class: "quiet" }, "in a thread") : null),
      message.blocks.length
        ? blocks(message.blocks, inside)
        : h("div", { class: "text" }, mrkdwn(message.text, context.names)),
      message.edited && !message.blocks.length ? h("span", { class: "quiet" }, " (edited)") : null,
      message.unfurls.map((unfurl) => unfurlElement(unfurl, inside))));
}

export const unfurlElement = (unfurl, context) =>
  h("div", { class: "unfurl" }, blocks(unfurl.blocks, context));
