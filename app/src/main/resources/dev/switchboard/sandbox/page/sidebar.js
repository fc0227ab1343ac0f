// Channels, direct messages, and who one is.
import { icon } from "./icons.js";
import { h, avatar, byId, keep } from "./dom.js";

export function showSidebar(view, home) {
  const bot = (channel) => channel.kind === "DIRECT" && channel.hasBot;
  const sections = [
    { title: "Channels", items: view.channels.filter((c) => c.kind === "PUBLIC" || c.kind === "PRIVATE") },
    { title: "Direct messages", items: view.channels.filter((c) => c.kind.endsWith("DIRECT") && !bot(c)) },
    { title: "Apps", items: view.channels.filter(bot) },
  ].map((section) => ({
    ...section,
    here: section.items.some((item) => item.id === view.here.id) ? view.here.id : null,
    home: home && section.title === "Apps",
    elsewhere: home,
  })).filter((section) => section.items.length);
  keep(byId("channels"), sections, (section) => section.title, sectionElement);
  keep(byId("people"), view.people.map((person) => ({ person, me: person.id === view.me.id, hash: location.hash })),
    ({ person }) => person.id, personElement);
}

function sectionElement(section) {
  const id = "section-" + section.title.toLowerCase().replace(" ", "-");
  return h("div", { class: "section-list" },
    h("h2", { id }, section.title),
    h("ul", { "aria-labelledby": id }, section.items.map((item) => {
      const here = section.home ? section.title === "Apps" : item.id === section.here && !section.elsewhere;
      return h("li", {}, channelLink(item, here));
    })));
}

const NOTES = { PUBLIC: "channel", PRIVATE: "private channel", DIRECT: "direct message", GROUP_DIRECT: "group message" };

function channelLink(item, here) {
  const words = [item.label, NOTES[item.kind], item.unread ? item.unread + " unread" : "",
    item.hasBot ? "" : "Switchboard is not a member"].filter(Boolean).join(", ");
  return h("a", {
    href: "#" + encodeURIComponent(item.label), class: "channel" + (item.unread ? " unread" : ""),
    "aria-current": here ? "page" : null, "aria-label": words, title: words,
  },
    sign(item), h("span", { class: "channel-name" }, item.label),
    !item.hasBot ? h("span", { class: "no-bot" }, "no bot") : null,
    item.unread ? h("span", { class: "badge" }, String(item.unread)) : null);
}

function sign(item) {
  if (item.kind === "PUBLIC") return h("span", { class: "sign" }, "#");
  if (item.kind === "PRIVATE") return h("span", { class: "sign" }, icon("lock", 14));
  if (item.kind === "GROUP_DIRECT") return h("span", { class: "sign count" }, String(item.members.length - 1));
  return avatar(item.label, item.hasBot ? "tiny app" : "tiny");
}

function personElement({ person, me, hash }) {
  const role = { ADMIN: "admin", OWNER: "owner", GUEST: "guest" }[person.role];
  const address = "?as=" + encodeURIComponent(person.name) + hash;
  return h("li", {},
    h("a", { class: "person", href: address, "aria-current": me ? "true" : null, "aria-label": "Be " + person.display },
      avatar(person.display, "tiny"), h("span", {}, person.display), role ? h("span", { class: "role" }, role) : null),
    h("a", { class: "person-window", href: address, target: "_blank", rel: "noopener", title: `A second window as ${person.display}`, "aria-label": `Open a second window as ${person.display}` }, icon("window", 14)));
}
