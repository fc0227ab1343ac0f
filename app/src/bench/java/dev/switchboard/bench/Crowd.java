package dev.switchboard.bench;

import dev.switchboard.sandbox.slack.Attempt;
import dev.switchboard.sandbox.slack.Call;
import dev.switchboard.sandbox.slack.Conversation;
import dev.switchboard.sandbox.slack.FakeSlack;
import dev.switchboard.sandbox.slack.Participant;
import dev.switchboard.sandbox.slack.Person;
import dev.switchboard.sandbox.slack.PostedMessage;
import dev.switchboard.sandbox.slack.Workspace;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/** The people of the storm: what they do, and what Slack has to show for it in the end. */
final class Crowd {
    private static final int LIVE = 40;
    private static final int ENDED = 20;
    private static final int STARTS = 60;
    private static final int JOINERS = 50;
    private static final int INVITED = 50;
    private static final int RINGS = 200;
    private static final int JOINS = 1_200;
    private static final int LEAVES = 800;
    private static final long SEED = 5;

    private final Workspace workspace;
    private final Person ana;
    private final Random random = new Random(SEED);
    private final List<Person> joiners = new ArrayList<>();
    private final List<Person> invited = new ArrayList<>();
    private final List<Conversation> starts = new ArrayList<>();
    private final List<Live> live = new ArrayList<>();

    Crowd(FakeSlack slack) {
        this.workspace = slack.workspace();
        this.ana = workspace.person("ana");
    }

    /** What Slack doesn't show as it is. */
    record Astray(long cards, long rings, long people, long ends) {
        boolean nothing() {
            return cards + rings + people + ends == 0;
        }
    }

    /** A Call there is before the storm, and who should be on its card when it is over. */
    private record Live(Conversation where, PostedMessage card, Call call, Set<String> expected) {}

    /** Brings everybody together, and starts the Calls that are to be live. */
    void gather() {
        for (int i = 0; i < JOINERS; i++) {
            joiners.add(workspace.hire("joiner" + name(i), Person.Role.MEMBER));
        }
        for (int i = 0; i < INVITED; i++) {
            invited.add(workspace.hire("invited" + name(i), Person.Role.MEMBER));
        }
        for (int i = 0; i < STARTS; i++) {
            starts.add(channel("start-" + i));
        }
        List<Conversation> wheres = new ArrayList<>();
        for (int i = 0; i < LIVE; i++) {
            wheres.add(channel("live-" + i));
            ana.types("/call Live " + i, wheres.get(i));
        }
        Stage.await(
                "live Calls",
                () -> wheres.stream().allMatch(where -> card(where).findAny().isPresent()));
        for (Conversation where : wheres) {
            PostedMessage card = card(where).findFirst().orElseThrow();
            Call call = workspace.call(card.callIds().get(0));
            live.add(new Live(where, card, call, Collections.synchronizedSet(new LinkedHashSet<>())));
        }
    }

    private static String name(int number) {
        return String.valueOf((char) ('a' + number / 26)) + (char) ('a' + number % 26);
    }

    private Conversation channel(String name) {
        Conversation channel = workspace.createChannel(name, Conversation.Kind.PUBLIC, ana);
        channel.inviteBot();
        return channel;
    }

    private static Stream<PostedMessage> card(Conversation where) {
        return where.messages().stream().filter(message -> !message.callIds().isEmpty());
    }

    /** How many requests of one Tier 3 method there must be at least: every start is one. */
    int mostOfOneMethod() {
        return STARTS;
    }

    /**
     * All at once, each person in their own order; returns when everything was acknowledged or had failed.
     *
     * @return how many commands and clicks failed before the eyes of the person
     */
    long storm() {
        List<List<Deed>> people = new ArrayList<>();
        people.addAll(comingAndGoing());
        List<Deed> commands = new ArrayList<>(starting());
        commands.addAll(ringing());
        Collections.shuffle(commands, random);
        // Ana's commands in eight windows of hers, or they would wait for one another.
        for (int i = 0; i < 8; i++) {
            int window = i;
            people.add(java.util.stream.IntStream.range(0, commands.size())
                    .filter(number -> number % 8 == window)
                    .mapToObj(commands::get)
                    .toList());
        }
        Collections.shuffle(people, random);
        return perform(people) + perform(List.of(ending()));
    }

    /** Something somebody does. */
    private interface Deed {
        Attempt perform();
    }

    private static long perform(List<List<Deed>> people) {
        ExecutorService all = Executors.newFixedThreadPool(people.size());
        try {
            List<Future<Long>> done = new ArrayList<>();
            for (List<Deed> person : people) {
                done.add(all.submit(() -> {
                    long failed = 0;
                    for (Deed deed : person) {
                        failed += deed.perform()
                                .await(Stage.PATIENCE)
                                .error()
                                .map(code -> 1)
                                .orElse(0);
                    }
                    return failed;
                }));
            }
            long failed = 0;
            for (Future<Long> person : done) {
                failed += person.get();
            }
            return failed;
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        } finally {
            all.shutdownNow();
        }
    }

    /** Each pair of a person and a Call once, most of them twice: in, and out again. */
    private List<List<Deed>> comingAndGoing() {
        record Visit(Person person, Live call, boolean leaves) {}
        List<Visit> visits = new ArrayList<>();
        for (Person person : joiners) {
            live.forEach(call -> visits.add(new Visit(person, call, false)));
        }
        Collections.shuffle(visits, random);
        List<List<Deed>> people = new ArrayList<>();
        for (Person person : joiners) {
            List<Deed> joins = new ArrayList<>();
            List<Deed> leaves = new ArrayList<>();
            for (int i = 0; i < JOINS; i++) {
                Visit visit = visits.get(i);
                if (!visit.person().equals(person)) {
                    continue;
                }
                joins.add(() -> person.clicks(visit.call().card(), "Join"));
                if (i < LEAVES) {
                    leaves.add(() -> person.clicks(visit.call().card(), "Leave"));
                } else {
                    visit.call().expected().add(person.id());
                }
            }
            joins.addAll(leaves);
            people.add(joins);
        }
        return people;
    }

    private List<Deed> starting() {
        return starts.stream()
                .map(where -> (Deed) () -> ana.types("/call Storm in " + where.name(), where))
                .toList();
    }

    /** Into the Calls that go on: a ring whose Call has ended need not be sent. */
    private List<Deed> ringing() {
        List<Deed> rings = new ArrayList<>();
        for (int i = 0; i < RINGS; i++) {
            Live call = live.get(ENDED + i % (LIVE - ENDED));
            Person person = invited.get((i / (LIVE - ENDED) * 7 + i) % INVITED);
            call.expected().add(person.id());
            rings.add(() -> ana.types("/call invite @" + person.name(), call.where()));
        }
        return rings;
    }

    private List<Deed> ending() {
        return live.subList(0, ENDED).stream()
                .map(call -> (Deed) () -> ana.types("/call end", call.where()))
                .toList();
    }

    /** What is still to come right. */
    Astray astray() {
        long cards =
                starts.stream().filter(where -> card(where).findAny().isEmpty()).count();
        long rung = invited.stream()
                .mapToLong(person -> card(workspace.botMessagesOf(person)).count())
                .sum();
        long people = live.subList(ENDED, LIVE).stream().mapToLong(Crowd::wrong).sum();
        long ends = live.subList(0, ENDED).stream()
                .filter(call -> !call.call().ended())
                .count();
        return new Astray(cards, RINGS - rung, people, ends);
    }

    /** People missing on the card, and people on it who have gone. */
    private static long wrong(Live live) {
        List<String> shown = live.call().activeParticipants().stream()
                .map(Participant::slackId)
                .flatMap(java.util.Optional::stream)
                .toList();
        long missing =
                live.expected().stream().filter(id -> !shown.contains(id)).count();
        long left = shown.stream()
                .filter(id -> id.startsWith("U0JOINER"))
                .filter(id -> !live.expected().contains(id))
                .count();
        return missing + left;
    }
}
