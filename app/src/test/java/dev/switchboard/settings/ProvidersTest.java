package dev.switchboard.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProvidersTest {
    @TempDir
    Path directory;

    @Nested
    class Jitsi {
        @Test
        void needs_no_more_than_its_address() {
            Settings settings = jitsi("SWITCHBOARD_MEETING_URL", "https://Meet.example.com:8443/acme");
            JitsiSettings jitsi = settings.jitsi().orElseThrow();

            assertThat(settings.provider()).isEqualTo(Provider.JITSI);
            assertThat(settings.meetingUrl()).isEqualTo("https://Meet.example.com:8443/acme/{room}");
            assertThat(jitsi.apiUrl()).isEqualTo(URI.create("https://Meet.example.com:8443/acme"));
            assertThat(jitsi.xmppDomain()).isEqualTo("meet.example.com");
            assertThat(jitsi.mucDomain()).isEmpty();
            assertThat(jitsi.app()).isEmpty();
            assertThat(jitsi.audience()).isEqualTo("jitsi");
            assertThat(jitsi.systemKey()).isEmpty();
            assertThat(settings.bigBlueButton()).isEmpty();
            assertThat(settings.warnings()).isEmpty();
        }

        @Test
        void takes_all_it_can_be_given() throws Exception {
            String key = key(2048);
            Settings settings = jitsi(
                    "SWITCHBOARD_JITSI_API_URL", "http://prosody:5280/",
                    "SWITCHBOARD_JITSI_XMPP_DOMAIN", "Meet.Jitsi",
                    "SWITCHBOARD_JITSI_MUC_DOMAIN", "muc.meet.jitsi",
                    "SWITCHBOARD_JITSI_APP_ID", "switchboard",
                    "SWITCHBOARD_JITSI_APP_KEY_FILE", key,
                    "SWITCHBOARD_JITSI_KEY_ID", "sb-1",
                    "SWITCHBOARD_JITSI_AUDIENCE", "meet",
                    "SWITCHBOARD_JITSI_SYSTEM_KEY_FILE", key,
                    "SWITCHBOARD_JITSI_SYSTEM_KEY_ID", "sys-1");
            JitsiSettings jitsi = settings.jitsi().orElseThrow();

            assertThat(jitsi.apiUrl()).hasToString("http://prosody:5280");
            assertThat(jitsi.xmppDomain()).isEqualTo("meet.jitsi");
            assertThat(jitsi.mucDomain()).contains("muc.meet.jitsi");
            assertThat(jitsi.app().orElseThrow().id()).isEqualTo("switchboard");
            assertThat(jitsi.app().orElseThrow().key().orElseThrow().id()).isEqualTo("sb-1");
            assertThat(jitsi.audience()).isEqualTo("meet");
            assertThat(jitsi.systemKey().orElseThrow().id()).isEqualTo("sys-1");
            assertThat(settings.toString()).contains("key=***").doesNotContain("modulus");
        }

        @Test
        void takes_a_shared_secret() {
            JitsiSettings.App app = jitsi(
                            "SWITCHBOARD_JITSI_APP_ID", "switchboard", "SWITCHBOARD_JITSI_APP_SECRET", "hush")
                    .jitsi()
                    .orElseThrow()
                    .app()
                    .orElseThrow();
            assertThat(app.secret()).contains(new Secret("hush"));
            assertThat(app.key()).isEmpty();
            assertThat(app.toString()).doesNotContain("hush");
        }

        @Test
        void tells_all_that_does_not_go_together() {
            assertThat(Given.mistakes(
                            "SWITCHBOARD_PROVIDER", "jitsi",
                            "SWITCHBOARD_JITSI_API_URL", "prosody:5280",
                            "SWITCHBOARD_JITSI_XMPP_DOMAIN", "https://meet",
                            "SWITCHBOARD_JITSI_APP_SECRET", "hush",
                            "SWITCHBOARD_JITSI_APP_KEY_FILE", "/nowhere/key.pem",
                            "SWITCHBOARD_JITSI_SYSTEM_KEY_ID", "sys-1"))
                    .extracting(line -> line.substring(0, line.indexOf(',')))
                    .containsExactly(
                            "SWITCHBOARD_JITSI_API_URL: \"prosody:5280\" must start with https:// or http://",
                            "SWITCHBOARD_JITSI_XMPP_DOMAIN: \"https://meet\" must be a domain alone",
                            "SWITCHBOARD_JITSI_APP_KEY_FILE: is set as well as SWITCHBOARD_JITSI_APP_SECRET; keep the"
                                    + " one that the server checks tokens with",
                            "SWITCHBOARD_JITSI_APP_ID: is missing; set it to the app_id that the server accepts",
                            "SWITCHBOARD_JITSI_KEY_ID: is missing; set it to the key id (kid) under which the server"
                                    + " finds the public key",
                            "SWITCHBOARD_JITSI_APP_KEY_FILE: names \"/nowhere/key.pem\"",
                            "SWITCHBOARD_JITSI_SYSTEM_KEY_ID: is set without SWITCHBOARD_JITSI_SYSTEM_KEY_FILE; set"
                                    + " both");
        }

        @Test
        void wants_a_key_for_an_app_id() {
            assertThat(Given.mistakes("SWITCHBOARD_PROVIDER", "jitsi", "SWITCHBOARD_JITSI_APP_ID", "switchboard"))
                    .containsExactly("SWITCHBOARD_JITSI_APP_ID: is set without a key; set SWITCHBOARD_JITSI_APP_SECRET"
                            + " or SWITCHBOARD_JITSI_APP_KEY_FILE too, or neither, for example switchboard");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "https://meet/{room}/join",
                    "https://meet/r-{room}",
                    "https://meet/?room={room}",
                    "https://meet/#/{room}",
                    "https://meet/{room}?lang=de",
                    "https://meet/a/b/{room}"
                })
        void has_its_rooms_at_the_end_of_the_path(String written) {
            assertThat(Given.mistakes("SWITCHBOARD_PROVIDER", "jitsi", "SWITCHBOARD_MEETING_URL", written))
                    .singleElement()
                    .asString()
                    .startsWith("SWITCHBOARD_MEETING_URL: \"" + written + "\" has ");
        }

        private Settings jitsi(String... namesAndValues) {
            var variables = Given.least(namesAndValues);
            variables.put("SWITCHBOARD_PROVIDER", "Jitsi");
            return Settings.from(variables);
        }
    }

    @Nested
    class A_key_file {
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "-----BEGIN RSA PRIVATE KEY-----       | openssl pkcs8 -topk8 -nocrypt -in old.pem -out new.pem",
                    "-----BEGIN ENCRYPTED PRIVATE KEY----- | openssl pkcs8 -in old.pem -out new.pem",
                    "-----BEGIN PUBLIC KEY-----            | is not a private key in PEM form",
                    "hush                                  | is not a private key in PEM form",
                    "-----BEGIN PRIVATE KEY----- aHVzaA== -----END PRIVATE KEY----- | is not an RSA key",
                })
        void says_what_is_wrong_without_a_word_of_what_is_in_it(String content, String problem) throws IOException {
            Path file = Files.writeString(directory.resolve("key.pem"), content);
            assertThat(mistake(file.toString())).contains(problem).doesNotContain("hush", "aHVzaA");
        }

        @Test
        void is_of_a_size_that_still_protects() throws Exception {
            assertThat(mistake(key(1024))).contains("less than 2048 bits");
        }

        private String mistake(String file) {
            return Given.mistakes(
                            "SWITCHBOARD_PROVIDER", "jitsi",
                            "SWITCHBOARD_JITSI_SYSTEM_KEY_FILE", file,
                            "SWITCHBOARD_JITSI_SYSTEM_KEY_ID", "sys-1")
                    .get(0);
        }
    }

    @Nested
    class Big_blue_button {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "https://bbb.example.com/bigbluebutton",
                    "https://bbb.example.com/bigbluebutton/",
                    "https://bbb.example.com/bigbluebutton/api",
                    "https://bbb.example.com/bigbluebutton/api/"
                })
        void is_where_its_own_tool_says_with_or_without_api(String written) {
            Settings settings = Given.settings(
                    "SWITCHBOARD_PROVIDER", "bigbluebutton",
                    "SWITCHBOARD_MEETING_URL", written,
                    "SWITCHBOARD_BBB_SECRET", "hush");
            BigBlueButtonSettings bbb = settings.bigBlueButton().orElseThrow();

            assertThat(settings.meetingUrl()).isEqualTo("https://bbb.example.com/bigbluebutton");
            assertThat(bbb.apiUrl()).hasToString("https://bbb.example.com/bigbluebutton/api");
            assertThat(bbb.secret()).isEqualTo(new Secret("hush"));
            assertThat(bbb.checksum()).isEqualTo(BigBlueButtonSettings.Checksum.SHA256);
            assertThat(bbb.record()).isTrue();
            assertThat(bbb.greenlightUrl()).isEmpty();
            assertThat(settings.jitsi()).isEmpty();
        }

        @Test
        void tells_all_mistakes_at_once() {
            assertThat(Given.mistakes(
                            "SWITCHBOARD_PROVIDER", "bigbluebutton",
                            "SWITCHBOARD_MEETING_URL", "https://bbb.example.com/{room}",
                            "SWITCHBOARD_BBB_CHECKSUM", "sha1",
                            "SWITCHBOARD_BBB_RECORD", "always",
                            "SWITCHBOARD_GREENLIGHT_URL", "bbb.example.com"))
                    .containsExactly(
                            "SWITCHBOARD_MEETING_URL: \"https://bbb.example.com/{room}\" must be without {room}: it is"
                                    + " where the API is, as `bbb-conf --secret` shows it, for example"
                                    + " https://bbb.example.com/bigbluebutton",
                            "SWITCHBOARD_BBB_SECRET: is missing; set it to the shared secret that `bbb-conf --secret`"
                                    + " shows, for example 8cd8ef52e8e101574e400365b55e11a6",
                            "SWITCHBOARD_BBB_CHECKSUM: \"sha1\" must be sha256, sha384 or sha512, for example sha256",
                            "SWITCHBOARD_BBB_RECORD: \"always\" must be true or false, for example true",
                            "SWITCHBOARD_GREENLIGHT_URL: \"bbb.example.com\" must start with https:// or http://,"
                                    + " for example https://bbb.example.com");
        }

        @Test
        void warns_of_what_only_others_heed() {
            assertThat(Given.settings(
                                    "SWITCHBOARD_PROVIDER", "bigbluebutton",
                                    "SWITCHBOARD_BBB_SECRET", "hush",
                                    "SWITCHBOARD_IDLE_LIMIT", "1h",
                                    "SWITCHBOARD_DESKTOP_URL", "app:{room}",
                                    "SWITCHBOARD_JITSI_APP_ID", "x",
                                    "SWITCHBOARD_NO_SHOW_LIMIT", "1h")
                            .warnings())
                    .containsExactly(
                            "SWITCHBOARD_DESKTOP_URL: has no effect with the provider bigbluebutton",
                            "SWITCHBOARD_JITSI_APP_ID: has no effect with the provider bigbluebutton");
        }
    }

    private String key(int bits) throws IOException, NoSuchAlgorithmException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(bits);
        String base64 = Base64.getMimeEncoder()
                .encodeToString(generator.generateKeyPair().getPrivate().getEncoded());
        return Files.writeString(
                        directory.resolve("key-" + bits + ".pem"),
                        "-----BEGIN PRIVATE KEY-----\n" + base64 + "\n-----END PRIVATE KEY-----\n")
                .toString();
    }
}
