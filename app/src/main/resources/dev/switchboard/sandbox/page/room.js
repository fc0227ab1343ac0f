// A room: while this tab is open, its person is in.
import { icon } from "./icons.js";
import { avatar, byId, h } from "./dom.js";

const room = decodeURIComponent(location.pathname.replace(/^\/meet\//, "").replace(/\/$/, ""));
const as = new URLSearchParams(location.search).get("as");
let socket = null;
let muted = false;
let left = false;

byId("room-name").textContent = room;
document.title = room + (as ? ` (${as})` : "") + " - room";

function enter() {
  left = false;
  socket = new WebSocket(`ws://${location.host}/live/room?room=${encodeURIComponent(room)}&as=${encodeURIComponent(as)}`);
  socket.onmessage = (event) => show(JSON.parse(event.data));
  socket.onclose = () => {
    byId("tiles").replaceChildren();
    if (left) return outside("You left the room.");
    outside("The meeting server doesn't answer. Trying again …");
    setTimeout(() => left || enter(), 2000);
  };
}

function show({ people, down }) {
  if (down) return;
  byId("room-state").textContent = people.length === 1 ? "You are alone here." : `${people.length} people are here.`;
  byId("tiles").replaceChildren(...people.map((person) =>
    h("li", { class: "tile" + (person.me ? " me" : "") },
      avatar(person.name),
      h("strong", {}, person.name + (person.me ? " (you)" : "")),
      h("span", { class: "quiet" + (person.muted ? " muted" : "") }, icon("mic", 14), person.muted ? " muted" : " microphone on"))));
  muted = people.find((person) => person.me)?.muted ?? muted;
  doors(
    h("button", { type: "button", class: "button", "aria-pressed": String(muted), onclick: () => socket.send(JSON.stringify({ muted: !muted })) }, muted ? "Unmute" : "Mute"),
    h("button", { type: "button", class: "button danger", onclick: leave }, "Leave"));
}

function doors(...buttons) {
  const focused = [...byId("doors").children].indexOf(document.activeElement);
  byId("doors").replaceChildren(...buttons);
  byId("doors").children[focused]?.focus();
}

function leave() {
  left = true;
  socket.close();
}

function outside(words) {
  byId("room-state").textContent = words;
  doors(h("button", { type: "button", class: "button primary", onclick: enter }, "Join again"));
}

if (as) enter();
else {
  byId("room-state").textContent = "Who are you?";
  doors(...["Ana", "Bo", "Cy", "Dee", "Gus"].map((name) =>
    h("a", { class: "button", href: "?as=" + name.toLowerCase() }, name)));
}
