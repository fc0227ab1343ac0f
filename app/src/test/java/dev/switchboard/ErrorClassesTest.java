package dev.switchboard;

import static dev.switchboard.Office.cards;
import static dev.switchboard.Office.eventually;
import static dev.switchboard.Office.lists;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.sandbox.slack.Call;
import dev.switchboard.sandbox.slack.Faults;
import dev.switchboard.sandbox.slack.Faults.Order;
import dev.switchboard.sandbox.slack.Journal.ApiCall;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever goes wrong with one request, in the end Slack shows what people did: each test plays the same life of a Call
 * (started with Bo, pasted elsewhere, declined by Bo, renamed, ended) around one failure.
 */
@Timeout(90)
class ErrorClassesTest {
    private static final String PASTED = "https://meet.example.com/sync-room";

    @RegisterExtension
    private final Office office = new Office();

    /** The methods that a Call's life needs. */
    private static final List<String> METHODS = List.of(
            "calls.add",
            "calls.update",
            "calls.participants.add",
            "calls.participants.remove",
            "calls.end",
            "chat.postMessage",
            "chat.unfurl",
            Faults.RESPONSE_URL,
            "conversations.info");

    /** What can happen to a request, and is over after it. */
    @SuppressWarnings("ImmutableEnumChecker") // each is a lambda without state
    enum Trouble {
        HTTP_500(order -> order.http(500)),
        HTTP_503(order -> order.http(503)),
        INTERNAL_ERROR(order -> order.failWith("internal_error")),
        FATAL_ERROR(order -> order.failWith("fatal_error")),
        SERVICE_UNAVAILABLE(order -> order.failWith("service_unavailable")),
        RATE_LIMITED_WITHOUT_HTTP_429(order -> order.failWith("ratelimited")),
        UNKNOWN_CODE(order -> order.failWith("the_moon_is_full")),
        DROPPED_BEFORE_THE_EFFECT(Order::dropBeforeEffect),
        DROPPED_AFTER_THE_EFFECT(Order::dropAfterEffect),
        AN_EMPTY_ANSWER(order -> order.http(200)),
        A_WEB_PAGE(order -> order.page(200)),
        A_WEB_PAGE_OF_AN_ERROR(order -> order.page(502)),
        RATE_LIMITED(order -> order.rateLimit(Duration.ofSeconds(1)));

        private final Consumer<Order> befall;

        Trouble(Consumer<Order> befall) {
            this.befall = befall;
        }
    }

    @ParameterizedTest
    @EnumSource(Trouble.class)
    void every_method_failing_once_changes_nothing_in_the_end(Trouble trouble) {
        METHODS.stream()
                // An empty answer is how a response_url may say yes.
                .filter(method -> trouble != Trouble.AN_EMPTY_ANSWER || !method.equals(Faults.RESPONSE_URL))
                .forEach(method -> trouble.befall.accept(office.faults().on(method)));
        Call call = life();

        assertThat(METHODS)
                .allSatisfy(method -> assertThat(office.requests(method)).isNotEmpty());
        assertThat(call.durationGiven()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            value = Trouble.class,
            names = {"HTTP_500", "DROPPED_AFTER_THE_EFFECT"})
    void three_times_in_a_row_changes_nothing_in_the_end(Trouble trouble) {
        METHODS.stream()
                .filter(method -> !method.equals(Faults.RESPONSE_URL))
                .forEach(method ->
                        trouble.befall.accept(office.faults().on(method).next(3)));
        life();
    }

    @AfterEach
    void nobody_sees_anything_twice() {
        assertThat(cards(office.secret())).hasSize(1);
        assertThat(office.rings(office.bo())).hasSize(1);
        assertThat(office.told(office.ana()).stream()
                        .filter(message -> message.text().contains("declined")))
                .hasSize(1);
        assertThat(office.slack().violations()).isEmpty();
    }

    /** The life of a Call in a private channel without the bot, so that each way into Slack is used. */
    private Call life() {
        office.types(office.ana(), "/call @bo " + PASTED + " Sync", office.secret());
        office.atRest();
        Call call = office.callIn(office.secret());
        office.cy().posts("also here: " + PASTED, office.random());
        office.types(office.ana(), "/call invite @cy", office.secret());
        eventually(() -> lists(call, office.bo()) && lists(call, office.cy()));
        office.bo().declines(call, office.acme().botMessagesOf(office.bo()));
        office.types(office.ana(), "/call rename Retro", office.secret());
        eventually(() -> call.title().filter("Retro"::equals).isPresent());
        eventually(() -> !lists(call, office.bo()));
        eventually(() -> cards(office.random()).size() == 1);
        office.types(office.ana(), "/call end", office.secret());
        eventually(call::ended);
        office.atRest();
        assertThat(cards(office.random()).get(0).callIds()).containsExactly(call.id());
        return call;
    }

    @Nested
    class Retry_after {
        @Test
        void is_waited_for_before_the_method_is_asked_again() {
            METHODS.forEach(method -> office.faults().on(method).rateLimit(Duration.ofSeconds(2)));
            life();

            assertThat(METHODS).allSatisfy(method -> {
                List<ApiCall> requests = office.requests(method);
                Instant again = requests.get(0).time().plusSeconds(2);
                assertThat(requests.get(0).status()).isEqualTo(429);
                assertThat(requests.stream().skip(1).map(ApiCall::time))
                        .isNotEmpty()
                        .allMatch(time -> !time.isBefore(again));
            });
        }

        @Test
        void holds_back_every_call_of_the_workspace() {
            life();
            office.faults().on("calls.add").rateLimit(Duration.ofSeconds(2));
            int before = office.requests("calls.add").size();
            for (int i = 0; i < 5; i++) {
                office.types(office.ana(), "/call Sync " + i, office.random());
            }
            office.atRest();
            List<ApiCall> requests = office.requests("calls.add");
            Instant again = requests.get(before).time().plusSeconds(2);

            assertThat(requests.stream()
                            .filter(request ->
                                    request.status() != 429 && request.time().isBefore(again)))
                    .hasSizeLessThanOrEqualTo(before + 4); // those that were under way when Slack said so
            assertThat(cards(office.random())).hasSize(6);
        }
    }
}
