// Where one types: Enter sends, Tab completes, links are previewed while the message is still here.
import { h, byId, avatar } from "./dom.js";
import { unfurlElement } from "./messages.js";

const COMMANDS = [
  ["/call", "", "starts a Call here"],
  ["/call", "@ana @bo Weekly sync", "with people, who are rung, and a title"],
  ["/call invite", "@ana", "rings more people on the live Call"],
  ["/call rename", "New title", "renames the live Call"],
  ["/call info", "", "what is known of the live Call"],
  ["/call end", "", "ends the live Call"],
  ["/call list", "", "what is live"],
  ["/call history", "", "what was"],
  ["/call help", "", "all that can be typed"],
];

const text = byId("text");
const box = byId("suggestions");
let act = null;
let view = () => null;
let chosen = -1;
let offers = [];
let shownIn = null;
let draftTimer = 0;
const kept = new Map();

export const composer = {
  start(newAct, newView) {
    act = newAct;
    view = newView;
    text.addEventListener("input", typed);
    text.addEventListener("keydown", pressed);
    text.addEventListener("blur", () => setTimeout(close, 150));
    byId("send").addEventListener("click", send);
  },

  show(now, context) {
    if (shownIn !== now.here.id) {
      if (shownIn) kept.set(shownIn, text.value);
      shownIn = now.here.id;
      text.value = kept.get(shownIn) ?? "";
      close();
      fit();
      const sign = now.here.kind === "PUBLIC" ? "#" : "";
      text.placeholder = `Message ${sign}${now.here.label}, or /call`;
    }
    showDraft(now, context);
  },
};

function showDraft(now, context) {
  const box = byId("draft");
  const unfurls = (now.draft ?? []).filter((unfurl) => text.value.includes(unfurl.url));
  const face = JSON.stringify([unfurls, unfurls.length ? now.calls : 0]);
  if (box.face === face) return;
  box.face = face;
  box.hidden = unfurls.length === 0;
  box.replaceChildren(...unfurls.map((unfurl) => unfurlElement(unfurl, { ...context, click: () => {} })));
}

function typed() {
  fit();
  offer();
  clearTimeout(draftTimer);
  const links = /https?:\/\//.test(text.value) || byId("draft").hidden === false;
  const [where, words] = [view()?.here.id, text.value];
  if (links && where) draftTimer = setTimeout(() => act({ do: "draft", in: where, text: words }), 350);
}

function fit() {
  text.style.height = "auto";
  text.style.height = Math.min(text.scrollHeight, 160) + "px";
}

function pressed(event) {
  if (event.isComposing) return;
  if (event.key === "Tab" && offers.length && !event.shiftKey) {
    event.preventDefault();
    take(Math.max(chosen, 0));
  } else if (event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    if (chosen >= 0) take(chosen);
    else send();
  } else if (event.key === "Escape") {
    close();
  } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && offers.length) {
    event.preventDefault();
    const step = event.key === "ArrowDown" ? 1 : -1;
    choose(chosen < 0 ? (step > 0 ? 0 : offers.length - 1) : (chosen + step + offers.length) % offers.length);
  }
}

function send() {
  const words = text.value.trim();
  if (!words || !view()) return;
  clearTimeout(draftTimer);
  act({ do: "send", in: view().here.id, text: words });
  text.value = "";
  close();
  fit();
  text.focus();
}

/** What could be meant by the word before the cursor. */
function offer() {
  const before = text.value.slice(0, text.selectionStart);
  const mention = before.match(/(?:^|\s)@([\w.-]*)$/);
  offers = [];
  if (mention) {
    offers = view().people
      .filter((person) => person.id !== view().me.id && person.name.startsWith(mention[1].toLowerCase()))
      .map((person) => ({
        face: [avatar(person.display, "tiny"), h("span", {}, person.display), h("span", { class: "quiet" }, "@" + person.name)],
        replace: mention[1].length, with: person.name + " ",
      }));
  } else if (/^\/\S*( \w*)?$/.test(before)) {
    offers = COMMANDS
      .filter(([command]) => command.startsWith(before.trimEnd()) && (command !== "/call" || !before.includes(" ")))
      .map(([command, usage, what]) => ({
        face: [h("strong", {}, command), usage ? h("code", {}, usage) : "", h("span", { class: "quiet" }, what)],
        replace: before.length, with: command + " ",
      }));
  }
  chosen = -1;
  draw();
}

function draw() {
  box.hidden = offers.length === 0;
  text.removeAttribute("aria-activedescendant");
  box.replaceChildren(...offers.map((one, i) => h("div", {
    id: "suggestion-" + i, role: "option", class: "suggestion", "aria-selected": String(i === chosen),
    onmousedown: (event) => {
      event.preventDefault();
      take(i);
    },
  }, one.face)), offers.length ? h("div", { class: "suggestion-note", role: "presentation" }, "Tab completes · Enter sends") : "");
  if (chosen >= 0) text.setAttribute("aria-activedescendant", "suggestion-" + chosen);
}

function choose(i) {
  chosen = i;
  draw();
}

function take(i) {
  const at = text.selectionStart;
  text.setRangeText(offers[i].with, at - offers[i].replace, at, "end");
  close();
  fit();
  text.focus();
}

function close() {
  offers = [];
  chosen = -1;
  draw();
}
