// A room: while this tab is open, its person is in.
import { icon } from "./icons.js";
import { avatar, byId, h } from "./dom.js";

const query = new URLSearchParams(location.search);
const place = where();
let socket = null;
let muted = false;
let out = null;

byId("room-name").textContent = place.title;
document.title = place.title + " - room";

/** What the address leads to: a room of the Jitsi, a session of the BigBlueButton, or a room of Greenlight. */
function where() {
  const path = location.pathname;
  const as = query.get("as");
  if (path.startsWith("/html5client")) {
    const token = query.get("sessionToken");
    return { title: "BigBlueButton", live: "bigbluebutton", ask: { sessionToken: token }, known: Boolean(token) };
  }
  if (path.startsWith("/rooms/")) {
    const id = path.split("/")[2];
    return { title: "Room " + id, live: "bigbluebutton", ask: { greenlight: id, as }, known: Boolean(as) };
  }
  const room = decoded(path.replace(/^\/meet\//, "").replace(/\/$/, ""));
  const given = fragment();
  const ask = {
    room, as,
    jwt: given.jwt ?? query.get("jwt"),
    name: given["userInfo.displayName"], email: given["userInfo.email"], subject: given["config.subject"],
  };
  return { title: room, live: "room", ask, known: Boolean(as || ask.jwt || ask.name) };
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** As jitsi-meet reads the part after #: names and values, each value JSON; the token alone is plain. */
function fragment() {
  const given = {};
  for (const pair of location.hash.slice(1).split("&")) {
    const equals = pair.indexOf("=");
    if (equals < 0) continue;
    const name = pair.slice(0, equals);
    const value = decoded(pair.slice(equals + 1));
    if (name === "jwt") {
      given.jwt = value;
      continue;
    }
    try {
      given[name] = JSON.parse(value);
    } catch {
      continue;
    }
  }
  return given;
}

function enter() {
  out = null;
  const ask = new URLSearchParams(Object.entries(place.ask).filter(([, value]) => typeof value === "string" && value));
  socket = new WebSocket(`ws://${location.host}/live/${place.live}?${ask.toString().replaceAll("+", "%20")}`);
  socket.onmessage = (event) => show(JSON.parse(event.data));
  socket.onclose = () => {
    byId("tiles").replaceChildren();
    if (out) return outside(out);
    outside("The meeting server doesn't answer. Trying again …");
    setTimeout(() => out || enter(), 2000);
  };
}

function show(news) {
  if (news.title) {
    byId("room-name").textContent = news.title;
    document.title = news.title + " - room";
  }
  if (news.out) out = news.out;
  else if (news.waiting) waiting(news.waiting);
  else if (news.people) people(news);
}

function waiting(words) {
  byId("room-state").textContent = words;
  doors(h("button", { type: "button", class: "button danger", onclick: leave }, "Leave"));
}

function people({ people, guests }) {
  byId("room-state").textContent = people.length === 1 ? "You are alone here." : `${people.length} people are here.`;
  byId("tiles").replaceChildren(...people.map((person) =>
    h("li", { class: "tile" + (person.me ? " me" : "") },
      avatar(person.name),
      h("strong", {}, person.name + (person.me ? " (you)" : "")),
      h("span", { class: "quiet" + (person.muted ? " muted" : "") }, icon("mic", 14), person.muted ? " muted" : " microphone on"))));
  muted = people.find((person) => person.me)?.muted ?? muted;
  doors(
    h("button", { type: "button", class: "button", "aria-pressed": String(muted), onclick: () => say({ muted: !muted }) }, muted ? "Unmute" : "Mute"),
    h("button", { type: "button", class: "button danger", onclick: leave }, "Leave"),
    ...(guests ? [h("button", { type: "button", class: "button primary", onclick: () => say({ admit: true }) },
      guests === 1 ? "Let 1 guest in" : `Let ${guests} guests in`)] : []));
}

const say = (words) => socket.send(JSON.stringify(words));

function doors(...buttons) {
  const focused = [...byId("doors").children].indexOf(document.activeElement);
  byId("doors").replaceChildren(...buttons);
  byId("doors").children[focused]?.focus();
}

function leave() {
  out = "You left the room.";
  socket.close();
}

function outside(words) {
  byId("room-state").textContent = words;
  doors(h("button", { type: "button", class: "button primary", onclick: enter }, "Join again"));
}

/** The same address for somebody of the workspace. */
function address(name) {
  return "?as=" + encodeURIComponent(name) + location.hash;
}

const error = query.get("error");
if (error) byId("room-state").textContent = error;
else if (place.known) enter();
else if (place.ask.sessionToken === null) byId("room-state").textContent = "This link leads to no meeting.";
else {
  byId("room-state").textContent = "Who are you?";
  doors(...["Ana", "Bo", "Cy", "Dee", "Gus"].map((name) =>
    h("a", { class: "button", href: address(name.toLowerCase()) }, name)));
}
