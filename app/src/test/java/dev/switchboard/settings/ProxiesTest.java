package dev.switchboard.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxiesTest {
    @Nested
    class The_proxy {
        @ParameterizedTest
        @ValueSource(
                strings = {"http://proxy.corp:3128", "HTTP://proxy.corp:3128/", "proxy.corp:3128", "proxy.corp:3128/"})
        void is_a_host_and_a_port(String written) {
            assertThat(proxy(written)).isEqualTo(new Proxy("proxy.corp", 3128, Optional.empty()));
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "http://me:pass@10.0.0.1:80    | me   | pass",
                    "me:pass@10.0.0.1:80           | me   | pass",
                    "http://me:p:a:ss@10.0.0.1:80  | me   | p:a:ss",
                    "http://me:p@ss@10.0.0.1:80    | me   | p@ss",
                    "http://m%40e:p%3a+%25@10.0.0.1:80 | m@e | p:+%",
                    "http://me@10.0.0.1:80         | me   | ''",
                })
        void may_ask_for_a_user_and_a_password(String written, String user, String password) {
            assertThat(proxy(written))
                    .isEqualTo(
                            new Proxy("10.0.0.1", 80, Optional.of(new Proxy.Credentials(user, new Secret(password)))));
        }

        @Test
        void may_have_an_ipv6_address() {
            assertThat(proxy("http://[2001:db8::1]:8080")).isEqualTo(new Proxy("2001:db8::1", 8080, Optional.empty()));
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "https://me:hush@proxy:1 | must not start with https://: a proxy that is itself spoken to over TLS"
                            + " is not supported, and almost every proxy is written http:// even when it carries HTTPS",
                    "socks5://hush@proxy:1   | must not start with socks: SOCKS proxies are not supported, give an HTTP"
                            + " proxy",
                    "ftp://me:hush@proxy:1   | must start with http://",
                    "http://me:hush@proxy    | must be a host, a colon and a port; an IPv6 address goes in brackets",
                    "http://me:hush@proxy:0  | must have a port from 1 to 65535",
                    "me:hush                 | must be a host, a colon and a port; an IPv6 address goes in brackets",
                    "http://me:hush@p:1/path | must be a host, a colon and a port; an IPv6 address goes in brackets",
                    "http://:hush@proxy:1    | has an @ but no user before it",
                    "http://m%3ae:hush@p:1   | has a user with a colon, which Basic authentication cannot send",
                    "http://me:hush%@proxy:1 | has a % in its user or password that encodes nothing; write % as %25",
                })
        void says_what_is_wrong_without_quoting_it(String written, String problem) {
            assertThat(Given.mistakes("HTTPS_PROXY", written))
                    .containsExactly("HTTPS_PROXY: " + problem + ", for example http://proxy.example.com:3128");
        }

        @Test
        void is_read_in_either_case_and_upper_case_wins() {
            assertThat(forSlack("https_proxy", "lower:1"))
                    .hasValueSatisfying(p -> assertThat(p.host()).isEqualTo("lower"));
            assertThat(forSlack("https_proxy", "lower:1", "HTTPS_PROXY", "upper:1"))
                    .hasValueSatisfying(p -> assertThat(p.host()).isEqualTo("upper"));
            assertThat(forSlack("https_proxy", "lower:1", "no_proxy", "slack.com"))
                    .isEmpty();
            assertThat(Given.mistakes("https_proxy", "hush"))
                    .singleElement()
                    .asString()
                    .startsWith("https_proxy: ");
        }

        private Optional<Proxy> forSlack(String... namesAndValues) {
            return Given.settings(namesAndValues).proxies().forHost("slack.com");
        }

        private Proxy proxy(String written) {
            return Given.settings("HTTPS_PROXY", written)
                    .proxies()
                    .forHost("slack.com")
                    .orElseThrow();
        }
    }

    @Nested
    class Exceptions {
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "*                    | slack.com",
                    "a.b, *               | slack.com",
                    "example.com          | example.com",
                    "example.com          | EXAMPLE.com.",
                    "Example.com          | meet.example.com",
                    ".example.com         | meet.example.com",
                    ".example.com         | example.com",
                    "*.example.com        | a.b.example.com",
                    "x.y ,, example.com.  | example.com",
                    "x.y example.com      | example.com",
                    "example.com:443      | example.com",
                    "10.0.0.7             | 10.0.0.7",
                    "10.0.0.0/8           | 10.255.1.2",
                    "192.168.4.0/22       | 192.168.7.255",
                    "0.0.0.0/0            | 8.8.8.8",
                    "2001:DB8::1          | [2001:db8:0:0::1]",
                    "[2001:db8::1]:443    | 2001:db8::1",
                    "2001:db8::/32        | 2001:db8:ffff::1",
                })
        void are_reached_directly(String noProxy, String host) {
            assertThat(proxies(noProxy).forHost(host)).isEmpty();
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "example.com       | notexample.com",
                    "meet.example.com  | example.com",
                    "example.com       | example.com.evil.org",
                    "example.com:8443  | example.com",
                    "10.0.0.7          | 10.0.0.70",
                    "10.0.0.0/8        | 11.0.0.1",
                    "10.0.0.0/8        | ten.example.com",
                    "192.168.4.0/22    | 192.168.8.0",
                    "10.0.0.0/8        | 2001:db8::1",
                    "2001:db8::/32     | 2001:db9::1",
                })
        void cover_nothing_else(String noProxy, String host) {
            assertThat(proxies(noProxy).forHost(host)).isPresent();
        }

        @ParameterizedTest
        @ValueSource(strings = {"localhost", "LOCALHOST", "app.localhost", "127.0.0.1", "127.9.9.9", "::1", "[::1]"})
        void always_include_this_machine(String host) {
            assertThat(proxies("").forHost(host)).isEmpty();
        }

        @Test
        void may_name_a_port() {
            Proxies proxies = proxies("example.com:8443, plain.example.org:80");

            assertThat(proxies.forUrl(URI.create("https://example.com:8443/x"))).isEmpty();
            assertThat(proxies.forUrl(URI.create("https://example.com/x"))).isPresent();
            assertThat(proxies.forUrl(URI.create("ws://plain.example.org/"))).isEmpty();
            assertThat(proxies.forUrl(URI.create("wss://plain.example.org/"))).isPresent();
            assertThat(proxies.forHost("example.com", 8443)).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(strings = {"10.0.0.0/33", "10.0.0/8", "example.com/8", "https://example.com", "2001:db8::/129"})
        void with_a_malformed_range_are_refused(String entry) {
            assertThat(Given.mistakes("NO_PROXY", "localhost," + entry))
                    .containsExactly("NO_PROXY: has an entry \"" + entry + "\" that is not a range of addresses,"
                            + " for example localhost,.example.com,10.0.0.0/8");
        }

        private Proxies proxies(String noProxy) {
            return Given.settings("HTTPS_PROXY", "http://me:hush@proxy:1", "NO_PROXY", noProxy)
                    .proxies();
        }
    }

    @Test
    void none_leads_nowhere() {
        assertThat(Proxies.none().forHost("slack.com")).isEmpty();
        assertThat(Proxies.none()).hasToString("Proxies[none]");
    }

    @Test
    void their_text_leaves_out_the_credentials() {
        Proxies proxies =
                Given.settings("HTTPS_PROXY", "http://me:hush@proxy:1").proxies();

        assertThat(proxies).hasToString("Proxies[proxy:1]");
        assertThat(proxies.forHost("slack.com").toString()).contains("***").doesNotContain("hush");
    }

    @Test
    void clients_that_ask_the_jdks_way_are_told_the_same() {
        Proxies proxies = Given.settings("HTTPS_PROXY", "http://ana:hush@proxy.corp:3128", "NO_PROXY", "inside.corp")
                .proxies();
        assertThat(proxies.selector().select(URI.create("https://slack.com/api/")))
                .singleElement()
                .satisfies(proxy -> {
                    assertThat(proxy.type()).isEqualTo(java.net.Proxy.Type.HTTP);
                    assertThat(proxy.address()).hasToString("proxy.corp/<unresolved>:3128");
                });
        assertThat(proxies.selector().select(URI.create("https://inside.corp/")))
                .containsExactly(java.net.Proxy.NO_PROXY);
        assertThat(proxies.authorization(URI.create("https://slack.com/api/"))).contains("Basic YW5hOmh1c2g=");
        assertThat(proxies.authorization(URI.create("https://inside.corp/"))).isEmpty();
    }
}
