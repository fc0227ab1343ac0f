// Shows what the server says this person sees; holds nothing of its own but what is being typed.
import { byId, h } from "./dom.js";
import { showSidebar } from "./sidebar.js";
import { showMessages } from "./messages.js";
import { composer } from "./composer.js";
import { showWire } from "./wire.js";
import { showHome, showModals, showTabs } from "./views.js";

const page = { view: null, as: new URLSearchParams(location.search).get("as") || "ana", panel: false, opened: null };

function where() {
  try {
    return decodeURIComponent(location.hash.slice(1)) || "general";
  } catch {
    return "general";
  }
}

/** Does what a person does; a refusal is shown. */
export async function act(order) {
  const answer = await fetch("/do", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ as: page.as, ...order }),
  }).catch(() => null);
  if (!answer) notice("The sandbox doesn't answer. Is it still running?");
  else if (!answer.ok) notice((await answer.json().catch(() => ({}))).error ?? "That was refused.");
}

let noticeTimer = 0;
function notice(...words) {
  byId("notice").replaceChildren(...words);
  clearTimeout(noticeTimer);
  noticeTimer = setTimeout(() => byId("notice").replaceChildren(), 8000);
}

/** A room's address, with the name of whoever goes in when the room is on this machine; signed links stay as they are. */
function door(url) {
  const address = new URL(url);
  const askedWho = /^\/(meet|rooms)\//.test(address.pathname);
  if (address.origin === location.origin && askedWho) address.searchParams.set("as", page.as);
  return address.href;
}

function context(view) {
  const people = new Map(view.people.map((person) => [person.id, person.display]));
  people.set(view.bot, "Switchboard");
  const channels = new Map(view.channels.map((channel) => [channel.id, channel.label]));
  return {
    me: view.me.id,
    names: { me: view.me.id, person: (id) => people.get(id), channel: (id) => channels.get(id) },
    calls: view.calls,
    door,
    click: (message, element, block) => act({ do: "click", in: view.here.id, ts: message.ts, block: block.block_id, button: element.action_id }),
    decline: (call) => act({ do: "decline", in: view.here.id, call: call.id }),
  };
}

function show(view) {
  page.view = view;
  page.as = view.me.name;
  const inside = context(view);
  const home = where() === "home";
  document.body.classList.remove("waiting");
  document.title = `${home ? "Home" : view.here.label} (${view.me.display}) - Switchboard sandbox`;
  byId("team-name").textContent = view.workspace[0].toUpperCase() + view.workspace.slice(1);
  showSidebar(view, home);
  showHead(view, home);
  showTabs(view, home);
  byId("log").hidden = byId("composer").hidden = home;
  byId("home").hidden = !home;
  if (home) showHome(view, inside, act);
  else showMessages(view, inside);
  composer.show(view, inside);
  showModals(view, inside, act);
  showWire(view, page.panel, act);
  showOpened(view);
}

function showHead(view, home) {
  const { here } = view;
  const sign = { PUBLIC: "# ", PRIVATE: "🔒\uFE0E " }[here.kind] ?? "";
  byId("title").textContent = home ? "Switchboard" : sign + here.label;
  const people = here.members.filter((id) => id !== view.bot).length;
  const channel = here.kind === "PUBLIC" || here.kind === "PRIVATE";
  byId("about").textContent = home ? "" : channel
    ? `${people} ${people === 1 ? "person" : "people"} · Switchboard is ${here.hasBot ? "" : "not "}a member`
    : here.hasBot ? "" : "Switchboard is not in this conversation";
  byId("call-icon").hidden = home;
  const up = view.trouble.connections > 0;
  const { limited, slow, nextFails, meetingDown } = view.trouble;
  const trouble = limited || slow || nextFails || meetingDown;
  byId("lamp").className = "lamp " + (up ? trouble ? "trouble" : "up" : "down");
  byId("lamp").title = up ? "The bot is connected" + (trouble ? ", trouble is switched on" : "") : "The bot is not connected";
}

/** Slack opens the room for whoever used the Call icon. */
function showOpened(view) {
  if (page.opened !== null && view.opened.length > page.opened) {
    const url = door(view.opened[view.opened.length - 1]);
    notice("Slack opens your Call. ", h("a", { href: url, target: "_blank", rel: "noopener" }, "Go to the room"));
  }
  page.opened = view.opened.length;
}

// The connection: what is shown goes up, what there is to see comes down.

let socket = null;
let patience = 200;

function connect() {
  socket = new WebSocket(`ws://${location.host}/live/page`);
  socket.onopen = () => {
    patience = 200;
    watch();
    openHome();
  };
  socket.onmessage = (event) => show(JSON.parse(event.data));
  socket.onclose = () => {
    document.body.classList.add("waiting");
    patience = Math.min(patience * 2, 5000);
    setTimeout(connect, patience);
  };
}

/** The app is told when somebody looks at its Home tab. */
function openHome() {
  if (where() === "home") act({ do: "openHome" });
}

function watch() {
  if (socket?.readyState === WebSocket.OPEN) {
    socket.send(JSON.stringify({ as: page.as, in: where(), panel: page.panel }));
  }
}

window.addEventListener("hashchange", () => {
  document.body.classList.remove("menu-open");
  byId("menu").setAttribute("aria-expanded", "false");
  watch();
  openHome();
});

byId("menu").addEventListener("click", () => {
  const open = document.body.classList.toggle("menu-open");
  byId("menu").setAttribute("aria-expanded", String(open));
  if (open) byId("sidebar").querySelector("a")?.focus();
});

byId("wire-button").addEventListener("click", () => {
  page.panel = !page.panel;
  byId("wire-button").setAttribute("aria-expanded", String(page.panel));
  byId("wire").hidden = !page.panel;
  document.body.classList.toggle("wire-open", page.panel);
  watch();
});

byId("call-icon").addEventListener("click", () => act({ do: "callIcon", in: page.view.here.id }));

byId("skip").addEventListener("click", (event) => {
  event.preventDefault();
  byId("text").focus();
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  document.body.classList.remove("menu-open");
  byId("menu").setAttribute("aria-expanded", "false");
});

composer.start(act, () => page.view);
connect();
