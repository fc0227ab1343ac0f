package dev.switchboard;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The walls of the house, as DESIGN.md section 3 draws them. */
@AnalyzeClasses(packages = "dev.switchboard", importOptions = ImportOption.DoNotIncludeTests.class)
class WallsTest {
    private static final String[] ADAPTERS = {
        "dev.switchboard.store..", "dev.switchboard.meeting..", "dev.switchboard.slack..", "dev.switchboard.operator.."
    };

    @ArchTest
    static final ArchRule the_domain_knows_only_the_jdk = classes()
            .that()
            .resideInAPackage("dev.switchboard.call..")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage("dev.switchboard.call..", "java..", "org.jspecify.."));

    @ArchTest
    static final ArchRule texts_are_pure = classes()
            .that()
            .resideInAPackage("dev.switchboard.slack.text..")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                    "dev.switchboard.slack.text..",
                    "dev.switchboard.call..",
                    "com.slack.api.model..",
                    "java..",
                    "org.jspecify.."));

    @ArchTest
    static final ArchRule listeners_never_call_the_web_api = noClasses()
            .that()
            .resideInAPackage("dev.switchboard.slack")
            .and()
            .doNotHaveSimpleName("Sockets") // asks where to connect
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                    "com.slack.api.methods.request..",
                    "com.slack.api.methods.response..",
                    "dev.switchboard.slack.gateway.."));

    @ArchTest
    static final ArchRule only_the_store_speaks_sql = noClasses()
            .that()
            .resideOutsideOfPackage("dev.switchboard.store..")
            .should()
            .dependOnClassesThat(resideInAnyPackage("java.sql..", "javax.sql..", "com.zaxxer..", "org.h2.."));

    @ArchTest
    static final ArchRule the_store_sees_no_other_adapter = aloneAmongAdapters("dev.switchboard.store..");

    @ArchTest
    static final ArchRule meeting_servers_see_no_other_adapter = aloneAmongAdapters("dev.switchboard.meeting..");

    @ArchTest
    static final ArchRule slack_sees_no_other_adapter = aloneAmongAdapters("dev.switchboard.slack..");

    @ArchTest
    static final ArchRule the_operator_page_sees_no_other_adapter = aloneAmongAdapters("dev.switchboard.operator..");

    @ArchTest
    static final ArchRule settings_know_only_the_jdk = classes()
            .that()
            .resideInAPackage("dev.switchboard.settings..")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage("dev.switchboard.settings..", "java..", "org.jspecify.."));

    @ArchTest
    static final ArchRule the_environment_is_read_in_settings_alone = noClasses()
            .that()
            .resideOutsideOfPackage("dev.switchboard.settings..")
            .should()
            .callMethod(System.class, "getenv")
            .orShould()
            .callMethod(System.class, "getenv", String.class);

    @ArchTest
    static final ArchRule only_its_command_sees_the_sandbox = noClasses()
            .that(not(resideInAPackage("dev.switchboard.sandbox..")))
            .and()
            .doNotHaveSimpleName("SandboxCommand")
            .should()
            .dependOnClassesThat(resideInAPackage("dev.switchboard.sandbox.."));

    @ArchTest
    static final ArchRule the_sandbox_knows_the_bot_only_by_the_wire = noClasses()
            .that()
            .resideInAPackage("dev.switchboard.sandbox..")
            .should()
            .dependOnClassesThat(
                    resideInAPackage("dev.switchboard..").and(not(resideInAPackage("dev.switchboard.sandbox.."))))
            .orShould()
            .dependOnClassesThat(resideInAPackage("com.slack.api.."));

    @ArchTest
    static final ArchRule there_are_no_cycles =
            slices().matching("dev.switchboard.(**)").should().beFreeOfCycles();

    private static ArchRule aloneAmongAdapters(String own) {
        return noClasses()
                .that()
                .resideInAPackage(own)
                .should()
                .dependOnClassesThat(resideInAnyPackage(ADAPTERS).and(not(resideInAPackage(own))));
    }
}
