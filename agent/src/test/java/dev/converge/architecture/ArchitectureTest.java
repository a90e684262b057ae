package dev.converge.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.elements.ClassesShould;
import com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/**
 * The rules that keep the code's shape: which module sees which, no cycles among packages, and each outside library in
 * one place. A package that does not exist yet breaks no rule.
 */
@AnalyzeClasses(packages = "dev.converge", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
    /** The folder of the module that a class was built in: {@code …/dsl/target/classes/…}, {@code …/dsl/target/x.jar!…}. */
    private static final Pattern BUILT_IN = Pattern.compile("/([^/]+)/target/(?:classes/|[^/]+\\.jar!)");

    @ArchTest
    static final ArchRule DSL_SEES_NOTHING_OF_OURS = noClassesOf("dsl")
            .dependOnClassesThat(ofAny("resources-core", "modules", "agent"))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule RESOURCES_SEE_ONLY_THE_DSL = noClassesOf("resources-core")
            .dependOnClassesThat(ofAny("modules", "agent"))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule MODULES_DO_NOT_SEE_THE_AGENT =
            noClassesOf("modules").dependOnClassesThat(ofAny("agent")).allowEmptyShould(true);

    @ArchTest
    static final ArchRule THE_AGENT_DOES_NOT_SEE_THE_MODULES =
            noClassesOf("agent").dependOnClassesThat(ofAny("modules")).allowEmptyShould(true);

    @ArchTest
    static final ArchRule PACKAGES_HAVE_NO_CYCLES =
            slices().matching("dev.converge.(**)").should().beFreeOfCycles().allowEmptyShould(true);

    @ArchTest
    static final ArchRule THE_COMMAND_LINE_IS_SEEN_BY_NOBODY = outside("dev.converge.cli..")
            .should()
            .dependOnClassesThat(resideInAPackage("dev.converge.cli.."))
            .allowEmptyShould(true);

    // A generated DSL interface takes closures, wherever its resource type lives. Specs are Groovy.
    @ArchTest
    static final ArchRule GROOVY_STAYS_IN_THE_LANGUAGE = outside("dev.converge.language..", "dev.converge.testing..")
            .and(not(generated()))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.codehaus.groovy..", "org.apache.groovy..", "groovy..")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule NATIVE_CALLS_STAY_IN_THEIR_PACKAGES = outside(
                    "dev.converge.posix..", "dev.converge.augeas..", "dev.converge.systemd..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.sun.jna..")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule JGIT_STAYS_IN_ITS_PACKAGE = outside("dev.converge.git..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.eclipse.jgit..")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule SSH_STAYS_WITH_JGIT = outside("dev.converge.git..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.sshd..")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule BOUNCY_CASTLE_STAYS_IN_ITS_PACKAGE = outside("dev.converge.signature..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.bouncycastle..")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule JETTY_STAYS_IN_ITS_PACKAGE = outside("dev.converge.http..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.eclipse.jetty..")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule COMMONS_COMPRESS_STAYS_IN_ITS_PACKAGE = outside("dev.converge.archive..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.commons.compress..")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule SPOCK_AND_JUNIT_STAY_WITH_THE_TESTS_OF_AUTHORS = outside("dev.converge.testing..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("spock..", "org.spockframework..", "org.junit..")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule PICOCLI_STAYS_IN_THE_COMMAND_LINE = outside("dev.converge.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("picocli..")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule ONLY_THE_COMMAND_LINE_EXITS = outside("dev.converge.cli..")
            .should()
            .callMethod(System.class, "exit", int.class)
            .orShould()
            .callMethod(Runtime.class, "exit", int.class)
            .orShould()
            .callMethod(Runtime.class, "halt", int.class)
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule ONLY_THE_COMMAND_LINE_PRINTS = outside("dev.converge.cli..")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .allowEmptyShould(true);

    /** A package split over two modules would hide a dependency from the rules above. */
    @Test
    void aPackageLivesInOneModule() {
        JavaClasses classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("dev.converge");
        Map<String, Set<String>> modules = new TreeMap<>();
        for (JavaClass type : classes) {
            JavaPackage home = type.getPackage();
            modules.computeIfAbsent(home.getName(), name -> new TreeSet<>()).add(moduleOf(type));
        }
        modules.values().removeIf(homes -> homes.size() == 1);
        Assertions.assertEquals(Map.of(), modules);
    }

    private static GivenClassesConjunction outside(String... packages) {
        return noClasses().that().resideOutsideOfPackages(packages);
    }

    private static ClassesShould noClassesOf(String module) {
        return noClasses().that(ofAny(module)).should();
    }

    private static DescribedPredicate<JavaClass> ofAny(String... modules) {
        Set<String> wanted = Set.copyOf(Arrays.asList(modules));
        return describe("live in " + String.join(" or ", modules), type -> wanted.contains(moduleOf(type)));
    }

    private static DescribedPredicate<JavaClass> generated() {
        return simpleNameEndingWith("Body").or(simpleNameEndingWith("Declarations"));
    }

    private static String moduleOf(JavaClass type) {
        String source = type.getSource().map(from -> from.getUri().toString()).orElse("");
        Matcher place = BUILT_IN.matcher(source);
        return place.find() ? place.group(1) : "outside";
    }
}
