package dev.kubejar.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The house's plan: which package may look into which, and why. */
final class ArchitectureTest {
    private static final JavaClasses PROGRAM = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.kubejar");

    /** A package with its subpackages, what it may import of ours, which libraries, and the reason. */
    private record Room(String name, List<String> rooms, List<String> libraries, String reason) {}

    private static final String JACKSON = "com.fasterxml.jackson";
    private static final List<Room> PLAN = List.of(
            new Room("sim", List.of(), List.of(), "time, chance and order must not depend on what is simulated"),
            new Room(
                    "object",
                    List.of(),
                    List.of(JACKSON, "org.snakeyaml.engine"),
                    "trees and their notations are everybody's ground"),
            new Room("pki", List.of("sim"), List.of(), "certificates are bytes and keys, whoever asks for them"),
            new Room(
                    "cel",
                    List.of("object"),
                    List.of(JACKSON),
                    "a language of expressions knows values, not what they are for"),
            new Room(
                    "schema",
                    List.of("object", "cel"),
                    List.of(JACKSON),
                    "the words kinds are written in know no kind"),
            new Room(
                    "kinds",
                    List.of("schema", "object", "pki", "cel"),
                    List.of(JACKSON),
                    "a kind is a description, not an actor"),
            new Room("store", List.of(), List.of("org.mapdb"), "the store knows bytes, and it alone knows MapDB"),
            new Room("client", List.of("object", "sim"), List.of(JACKSON), "the one way in has no back door"),
            new Room(
                    "api",
                    List.of("schema", "store", "client", "object", "pki", "sim"),
                    List.of(JACKSON),
                    "the pipeline serves any catalogue of kinds"),
            new Room(
                    "admission",
                    List.of("api", "cel", "client", "object", "pki", "schema", "sim"),
                    List.of(JACKSON),
                    "plugins see requests, not the store"),
            new Room(
                    "controllers",
                    List.of("client", "object", "pki", "sim"),
                    List.of(JACKSON),
                    "controllers go through the client, as in Kubernetes"),
            new Room(
                    "scheduler",
                    List.of("client", "object", "sim"),
                    List.of(JACKSON),
                    "the scheduler goes through the client, as in Kubernetes"),
            new Room(
                    "kubelet",
                    List.of("client", "object", "pki", "sim"),
                    List.of(JACKSON),
                    "kubelets go through the client, as in Kubernetes"),
            new Room("kubelet.shell", List.of("kubelet.fs"), List.of(), "processes see a kernel, not a cluster"),
            new Room("kubelet.fs", List.of(), List.of(), "files know nobody"),
            new Room(
                    "network",
                    List.of("client", "object", "sim"),
                    List.of(JACKSON),
                    "kube-proxy and name server go through the client"),
            new Room(
                    "bootstrap",
                    List.of("client", "object", "pki", "sim"),
                    List.of(JACKSON),
                    "a fresh cluster is made through the client"),
            new Room("print", List.of("schema", "object"), List.of(JACKSON), "layout needs no cluster"),
            new Room(
                    "cli",
                    List.of("client", "print", "schema", "object"),
                    List.of(JACKSON, "picocli", "com.github.difflib"),
                    "a command knows the cluster through the client alone"),
            new Room(
                    "repl",
                    List.of("cli", "client"),
                    List.of("org.jline"),
                    "the shell plays commands, and it alone knows JLine"));

    @TestFactory
    Stream<DynamicTest> aRoomLooksOnlyWhereItsRowSays() {
        return PLAN.stream()
                .map(room -> DynamicTest.dynamicTest(room.name(), () -> classes()
                        .that(belong(room.name()))
                        .should()
                        .onlyDependOnClassesThat(allowed(room))
                        .because(room.reason())
                        .allowEmptyShould(room.name().startsWith("kubelet."))
                        .check(PROGRAM)));
    }

    private static DescribedPredicate<JavaClass> belong(String room) {
        return describe("belong to " + room, type -> roomOf(type).equals(room));
    }

    private static DescribedPredicate<JavaClass> allowed(Room room) {
        return describe("are " + room.rooms() + ", " + room.libraries() + " or the JDK's", type -> {
            String name = type.getBaseComponentType().getPackageName();
            if (type.getBaseComponentType().isPrimitive()
                    || name.startsWith("java.")
                    || name.startsWith("javax.")
                    || name.equals("com.sun.net.httpserver")) {
                return true;
            }
            if (room.libraries().stream().anyMatch(name::startsWith)) {
                return true;
            }
            String other = roomOf(type.getBaseComponentType());
            boolean part =
                    other.startsWith(room.name() + ".") || room.name().startsWith(other + ".") && !other.isEmpty();
            boolean walled = room.name().startsWith("kubelet.");
            return other.equals(room.name()) || part && !walled || room.rooms().contains(other);
        });
    }

    /** The room of a class: {@code cli} for {@code dev.kubejar.cli.basic.Get}; empty for the root and for libraries. */
    private static String roomOf(JavaClass type) {
        String name = type.getPackageName();
        if (!name.startsWith("dev.kubejar.")) {
            return "";
        }
        String path = name.substring("dev.kubejar.".length());
        for (Room room : PLAN) {
            if (room.name().contains(".") && (path.equals(room.name()) || path.startsWith(room.name() + "."))) {
                return room.name();
            }
        }
        return path.contains(".") ? path.substring(0, path.indexOf('.')) : path;
    }

    @Test
    void everyRoomStandsInThePlan() {
        List<String> known = Stream.concat(PLAN.stream().map(Room::name), Stream.of("", "repl", "serve"))
                .toList();
        List<String> strangers = PROGRAM.stream()
                .map(ArchitectureTest::roomOf)
                .distinct()
                .filter(room -> !known.contains(room))
                .toList();
        org.junit.jupiter.api.Assertions.assertEquals(List.of(), strangers);
    }

    @Test
    void onlySimAsksForTheTimeOrForChance() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.kubejar.sim..")
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(UUID.class, "randomUUID")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Random.class)
                .orShould()
                .callMethod(Clock.class, "systemUTC")
                .because(
                        "one seed and one clock replay everything; SecureRandom alone draws seeds, in the root package")
                .check(new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .withImportOption(location -> !location.contains("ClusterSettings"))
                        .withImportOption(location -> !location.contains("/Genesis."))
                        .withImportOption(location -> !location.contains("/pki/"))
                        .importPackages("dev.kubejar"));
    }

    @Test
    void onlyMainTouchesTheProcess() {
        noClasses()
                .that()
                .haveNameNotMatching("dev\\.kubejar\\.(Main|Genesis)")
                .should()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .accessField(System.class, "in")
                .orShould()
                .callMethod(System.class, "getenv")
                .because("a command must survive in a shell, a test and a resident process")
                .check(PROGRAM);
    }
}
