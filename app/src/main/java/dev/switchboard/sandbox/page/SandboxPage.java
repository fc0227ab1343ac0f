package dev.switchboard.sandbox.page;

import dev.switchboard.sandbox.meeting.MeetingServer;
import dev.switchboard.sandbox.slack.FakeSlack;
import dev.switchboard.sandbox.slack.Json;
import dev.switchboard.sandbox.slack.Visit;

/** The workspace in a browser, on the port of the fake Slack. */
public final class SandboxPage implements AutoCloseable {
    private final Actions actions;
    private final LivePages pages;

    private SandboxPage(Actions actions, LivePages pages) {
        this.actions = actions;
        this.pages = pages;
    }

    /** Opens it. */
    public static SandboxPage mount(FakeSlack slack, MeetingServer meetings) {
        Marks marks = new Marks();
        Drafts drafts = new Drafts();
        Trouble trouble = new Trouble(slack, meetings);
        Views views = new Views(slack.workspace(), new WireLog(slack), trouble, marks, drafts);
        LivePages pages = new LivePages(views);
        SandboxPage page = new SandboxPage(new Actions(slack.workspace(), trouble, drafts), pages);
        slack.mountLive("page", pages);
        slack.onChange(pages::changed);
        slack.mount(visit -> StaticFiles.send(visit, "room.html"), "/meet", "/html5client", "/rooms");
        slack.mount(page::act, "/do");
        slack.mount(visit -> view(views, visit), "/view");
        slack.mount(SandboxPage::file, "/");
        return page;
    }

    private static void file(Visit visit) {
        StaticFiles.send(
                visit, visit.path().equals("/") ? "index.html" : visit.path().substring(1));
    }

    private static void view(Views views, Visit visit) {
        Watched watched = new Watched(
                visit.parameter("as").orElse(""),
                visit.parameter("in").orElse(""),
                visit.parameter("panel").isPresent());
        visit.reply(200, "application/json", Json.write(views.of(watched)));
    }

    private void act(Visit visit) {
        if (!visit.isJsonPost()) {
            visit.reply(400, "application/json", Json.write(Json.object("error", "Only JSON can be posted here")));
            return;
        }
        try {
            actions.perform(Json.parseObject(visit.body())
                    .orElseThrow(() -> new IllegalArgumentException("That is no JSON object")));
            visit.reply(200, "application/json", "{}");
        } catch (IllegalArgumentException | IllegalStateException refused) {
            visit.reply(
                    400, "application/json", Json.write(Json.object("error", String.valueOf(refused.getMessage()))));
        }
        pages.changed();
    }

    @Override
    public void close() {
        pages.close();
    }
}
