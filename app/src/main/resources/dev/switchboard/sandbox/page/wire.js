// For the curious: what goes over the wire, and switches for trouble.
import { h, byId, keep } from "./dom.js";

const SWITCHES = [
  ["limited", "Rate limits", "one call of each method in 10 s, else 429"],
  ["slow", "Slack is slow", "each answer takes 2 s"],
  ["nextFails", "Next call fails", "with internal_error, once"],
  ["meetingDown", "Meeting server down", "503 to all that ask"],
];

export function showWire(view, open, act) {
  if (!open || !view.wire) return;
  const panel = byId("wire");
  if (!panel.firstChild) build(panel, act);
  for (const [name] of SWITCHES) {
    byId("switch-" + name).setAttribute("aria-checked", String(view.trouble[name]));
  }
  const { connections, opened } = view.trouble;
  byId("connection").textContent = connections
    ? `The bot is connected (connection ${opened} since the start)`
    : "The bot is not connected; it is on its way back";
  byId("violations").replaceChildren(...view.violations.map((words) => h("p", { class: "violation" }, words)));
  keep(byId("entries"), view.wire, (entry) => entry.time + entry.way + entry.name, entryElement);
  filter();
}

function build(panel, act) {
  panel.append(
    h("h2", {}, "On the wire"),
    h("fieldset", { class: "switches" }, h("legend", {}, "Trouble"),
      SWITCHES.map(([name, title, what]) => h("button", {
        type: "button", role: "switch", id: "switch-" + name, class: "switch", "aria-checked": "false",
        onclick: (event) => act({ do: "switch", name, on: event.currentTarget.getAttribute("aria-checked") !== "true" }),
      }, h("span", { class: "knob", "aria-hidden": "true" }), h("span", {}, h("strong", {}, title), h("span", { class: "quiet" }, what)))),
      h("div", { class: "drop" },
        h("button", { type: "button", class: "button", onclick: () => act({ do: "switch", name: "drop" }) }, "Drop the socket"),
        h("span", { id: "connection", class: "quiet", role: "status" }))),
    h("input", { id: "filter", type: "search", placeholder: "Filter: calls.update, Bo, 429 …", "aria-label": "Filter what went over the wire", oninput: filter }),
    h("div", { id: "violations" }),
    h("div", { id: "entries", class: "entries" }));
}

function filter() {
  const words = byId("filter").value.toLowerCase().trim();
  for (const entry of byId("entries").children) entry.hidden = !entry.face.toLowerCase().includes(words);
}

function entryElement(entry, before) {
  const time = new Date(entry.time);
  const shown = time.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" })
    + "." + String(time.getMilliseconds()).padStart(3, "0");
  const api = entry.way === "api";
  return h("details", { class: "entry", open: before?.open },
    h("summary", {},
      h("time", {}, shown),
      h("span", { class: "way " + entry.way, title: api ? "from the bot to Slack" : "from Slack to the bot" }, api ? "→ Slack" : "→ bot"),
      h("span", { class: "entry-name" }, entry.name),
      h("span", { class: "outcome " + (entry.good ? "good" : "bad") }, entry.outcome)),
    h("h3", {}, api ? "Arguments" : "Payload"), json(entry.arguments),
    api ? h("h3", {}, "Answer, HTTP " + entry.status) : null, api ? json(entry.answer) : null);
}

const json = (value) => h("pre", { tabindex: "0" }, typeof value === "string" ? value : JSON.stringify(value, null, 2));
