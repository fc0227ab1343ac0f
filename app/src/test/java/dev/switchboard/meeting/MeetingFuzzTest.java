package dev.switchboard.meeting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.TickingClock;
import dev.switchboard.call.MeetingProvider;
import dev.switchboard.call.MeetingProvider.Joiner;
import dev.switchboard.call.MeetingProvider.Recording;
import dev.switchboard.call.MeetingReply;
import dev.switchboard.call.Presence;
import dev.switchboard.call.Presence.Live;
import dev.switchboard.call.Presence.Occupant;
import dev.switchboard.call.Presence.Unknown;
import dev.switchboard.call.Room;
import dev.switchboard.call.Title;
import dev.switchboard.call.UserId;
import dev.switchboard.fuzz.Corpus;
import dev.switchboard.fuzz.Effort;
import dev.switchboard.fuzz.JsonMutations;
import dev.switchboard.fuzz.XmlMutations;
import dev.switchboard.meeting.bigbluebutton.BigBlueButtonProvider;
import dev.switchboard.meeting.jitsi.JitsiProvider;
import dev.switchboard.settings.BigBlueButtonSettings;
import dev.switchboard.settings.BigBlueButtonSettings.Checksum;
import dev.switchboard.settings.JitsiSettings;
import dev.switchboard.settings.Proxies;
import dev.switchboard.settings.Secret;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Meeting servers that answer anything at all. Nothing escapes a provider, and no answer counts as the end of a room, or
 * as its being empty, that doesn't say so ({@link Proof}). The long form is {@code -Dfuzz.minutes}.
 */
@Timeout(7200)
class MeetingFuzzTest {
    private static final Duration NORMALLY = Duration.ofSeconds(5);
    private static final String ROOM = "standup";
    private static final List<Integer> STATUSES = List.of(200, 200, 200, 200, 200, 200, 201, 400, 403, 404, 500, 503);
    private static final Joiner ANA = new Joiner(new UserId("UANA00"), "Ana", Optional.empty(), Optional.empty(), true);

    private final TickingClock clock = new TickingClock();
    private final ScriptedServer server = new ScriptedServer();

    MeetingFuzzTest() throws IOException {}

    @AfterEach
    void stop() {
        server.close();
    }

    private MeetingProvider jitsi() {
        JitsiSettings settings = new JitsiSettings(
                URI.create(server.address()),
                "meet.example.com",
                Optional.empty(),
                Optional.empty(),
                "jitsi",
                Optional.empty());
        return new JitsiProvider(
                server.address() + "/{room}",
                Optional.empty(),
                settings,
                new MeetingHttp(Proxies.none(), clock),
                clock);
    }

    private MeetingProvider bigBlueButton() {
        BigBlueButtonSettings settings = new BigBlueButtonSettings(
                URI.create(server.address() + "/bigbluebutton/api"),
                new Secret("hush-hush"),
                Checksum.SHA256,
                true,
                Optional.empty());
        return new BigBlueButtonProvider(settings, Optional.empty(), new MeetingHttp(Proxies.none(), clock), clock);
    }

    /** What a server is made to say: its status and body. */
    private record Said(int status, String body) {}

    private static List<Said> said(String kind) {
        return Corpus.of(kind).entries().stream()
                .map(entry -> new Said(200, entry.text()))
                .toList();
    }

    private static Said changed(List<Said> corpus, Random random, boolean xml) {
        String good = corpus.get(random.nextInt(corpus.size())).body();
        JsonMutations json = new JsonMutations(random, Set.of());
        String body = xml
                ? new XmlMutations(random).mutate(good)
                : random.nextInt(8) == 0 ? json.garble(good) : json.mutate(good);
        int status = STATUSES.get(random.nextInt(STATUSES.size()));
        return new Said(status, random.nextInt(25) == 0 ? "" : body);
    }

    private Presence look(MeetingProvider provider) {
        Room room = provider.room(ROOM, Optional.empty());
        Presence presence =
                provider.poll(List.of(room)).getOrDefault(room.key(), new Unknown("missing", Optional.empty()));
        if (presence instanceof Unknown unknown) {
            assertThat(unknown.why()).hasSizeLessThan(200).doesNotContainPattern("\\p{Cc}");
            assertThat(unknown.why()).doesNotContain("broke its reader");
        }
        if (presence instanceof Live live) {
            assertThat(live.people()).extracting(Occupant::key).doesNotHaveDuplicates();
            assertThat(live.people()).allSatisfy(MeetingFuzzTest::fitToBeShown);
        }
        return presence;
    }

    private static void fitToBeShown(Occupant occupant) {
        assertThat(occupant.name())
                .isNotBlank()
                .hasSizeLessThanOrEqualTo(80)
                .doesNotContainPattern("[\\p{Cc}\\p{Cs}\\x{202A}-\\x{202E}]");
        assertThat(occupant.key()).hasSizeBetween(1, 200);
    }

    private static boolean nobody(Presence presence) {
        return presence instanceof Live live && live.people().isEmpty() && live.nameless() == 0;
    }

    private void jitsiSays(Said census, Said room, String origin) {
        server.answers("room-census", census.status(), census.body());
        server.answers("room", room.status(), room.body());
        try (MeetingProvider provider = jitsi()) {
            Presence presence = look(provider);
            boolean counted = census.status() == 200;
            Predicate<Said> bare = said -> said.status() == 404 && said.body().isBlank();
            if (presence instanceof Presence.Absent) {
                assertThat(bare.test(room) || (counted && Proof.censusLacks(census.body(), ROOM)))
                        .as("%s: gone by %s and %s", origin, census, room)
                        .isTrue();
            }
            if (nobody(presence)) {
                assertThat((room.status() == 200 && Proof.roomIsEmpty(room.body()))
                                || (counted && Proof.censusCountsNobody(census.body(), ROOM)))
                        .as("%s: empty by %s and %s", origin, census, room)
                        .isTrue();
            }
        }
    }

    @Test
    void jitsi_ends_nothing_without_proof() {
        Effort effort = Effort.of(NORMALLY);
        Random random = new Random(effort.seed());
        List<Said> rooms = said("jitsi-room");
        List<Said> censuses = said("jitsi-census");
        Said noCensus = new Said(404, "<html>");
        rooms.forEach(room -> jitsiSays(noCensus, room, "the corpus"));
        censuses.forEach(census -> jitsiSays(census, rooms.get(0), "the corpus"));
        while (effort.goesOn()) {
            Said census = random.nextBoolean() ? noCensus : changed(censuses, random, false);
            Said room = random.nextInt(3) == 0 ? rooms.get(0) : changed(rooms, random, false);
            jitsiSays(census, room, effort.toString());
        }
    }

    private void bigBlueButtonSays(Said meeting, Said all, Said recordings, String origin) {
        server.answers("getMeetingInfo", meeting.status(), meeting.body());
        server.answers("getMeetings", all.status(), all.body());
        server.answers("getRecordings", recordings.status(), recordings.body());
        server.answers("create", meeting.status(), meeting.body());
        server.answers("end", meeting.status(), meeting.body());
        try (MeetingProvider provider = bigBlueButton()) {
            Presence presence = look(provider);
            if (presence instanceof Presence.Absent) {
                assertThat(Proof.meetingIsOver(meeting.body(), ROOM))
                        .as("%s: over by %s", origin, meeting)
                        .isTrue();
            }
            if (nobody(presence)) {
                assertThat(Proof.meetingIsEmpty(meeting.body(), ROOM))
                        .as("%s: empty by %s", origin, meeting)
                        .isTrue();
            }
            Room room = provider.room(ROOM, Optional.empty());
            List<MeetingReply<?>> replies = new ArrayList<>();
            replies.add(provider.open(room, Title.of("Weekly sync")));
            replies.add(provider.personalLink(room, Optional.empty(), ANA));
            replies.add(provider.end(room));
            MeetingReply<List<Recording>> recorded = provider.recordings(room);
            replies.add(recorded);
            assertThat(replies)
                    .allSatisfy(reply -> assertThat(reply.why())
                            .hasSizeLessThan(200)
                            .doesNotContain("hush")
                            .doesNotContainPattern("\\p{Cc}"));
            assertThat(recorded.value().orElse(List.of()))
                    .allSatisfy(one -> assertThat(one.url())
                            .hasScheme(one.url().getScheme())
                            .asString()
                            .matches("(?i)https?://.*"));
            provider.doctor();
        }
    }

    @Test
    void bigbluebutton_ends_nothing_without_proof() {
        Effort effort = Effort.of(NORMALLY);
        Random random = new Random(effort.seed());
        List<Said> meetings = said("bbb-meeting");
        List<Said> lists = said("bbb-meetings");
        List<Said> recordings = said("bbb-recordings");
        meetings.forEach(meeting -> bigBlueButtonSays(meeting, lists.get(0), recordings.get(0), "the corpus"));
        lists.forEach(list -> bigBlueButtonSays(meetings.get(0), list, recordings.get(0), "the corpus"));
        recordings.forEach(one -> bigBlueButtonSays(meetings.get(0), lists.get(0), one, "the corpus"));
        while (effort.goesOn()) {
            bigBlueButtonSays(
                    changed(meetings, random, true),
                    changed(lists, random, true),
                    changed(recordings, random, true),
                    effort.toString());
        }
    }
}
