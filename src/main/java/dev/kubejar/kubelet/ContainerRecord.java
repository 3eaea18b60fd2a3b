package dev.kubejar.kubelet;

import dev.kubejar.object.Obj;
import java.time.Duration;
import java.time.Instant;

/** One container's state as its kubelet keeps it: waiting, running or exited, with its last run and its back-off. */
final class ContainerRecord {
    /** Delays of client-go's flowcontrol.Backoff as the kubelet sets it up: 10 s doubled up to 5 min, forgotten after 10 min. */
    private static final long FIRST_BACK_OFF = 10;

    private static final long LAST_BACK_OFF = 300;
    private static final Duration FORGOTTEN = Duration.ofSeconds(2 * LAST_BACK_OFF);

    final String name;
    private final Obj data;

    ContainerRecord(String name, Obj data) {
        this.name = name;
        this.data = data;
    }

    boolean created() {
        return data.has("state");
    }

    boolean running() {
        return data.text("state").equals("running");
    }

    /** Whether it runs but for a postStart hook that is still under way: to others it is being created. */
    boolean held() {
        return running() && data.has("hook");
    }

    boolean exited() {
        return data.text("state").equals("exited");
    }

    long restarts() {
        return data.number("restarts");
    }

    String id() {
        return data.text("id");
    }

    String image() {
        return data.text("image");
    }

    String imageId() {
        return data.text("imageID");
    }

    int exitCode() {
        return (int) data.number("exit");
    }

    String reason() {
        return data.text("reason");
    }

    String message() {
        return data.text("message");
    }

    Instant startedAt() {
        return time("startedAt");
    }

    Instant finishedAt() {
        return time("finishedAt");
    }

    /** The run before this one; empty where there was none. */
    Obj last() {
        return data.obj("last");
    }

    String waitReason() {
        return data.text("wait.reason");
    }

    String waitMessage() {
        return data.text("wait.message");
    }

    void waiting(String reason, String message) {
        data.set("wait.reason", reason).set("wait.message", message);
    }

    void notWaiting() {
        data.remove("wait");
    }

    /** A new run begins; what was before becomes the last one. */
    void start(String id, String image, String imageId, Instant now) {
        if (exited()) {
            archive();
            data.set("restarts", restarts() + 1);
        }
        for (String field : new String[] {"exit", "reason", "message", "finishedAt", "kill", "probes", "hook"}) {
            data.remove(field);
        }
        data.set("state", "running").set("id", id).set("image", image).set("imageID", imageId);
        time("startedAt", now);
        data.set("started", false).set("ready", false);
        notWaiting();
    }

    void exit(int code, String reason, String message, Instant now) {
        data.set("state", "exited").set("exit", code).set("reason", reason).set("message", message);
        time("finishedAt", now);
        data.set("started", false)
                .set("ready", false)
                .remove("kill")
                .remove("probes")
                .remove("hook");
    }

    private void archive() {
        Obj last = Obj.create()
                .set("exitCode", exitCode())
                .set("reason", reason())
                .set("id", id())
                .set("message", message());
        copy(last, "startedAt");
        copy(last, "finishedAt");
        data.set("last", last);
    }

    private void copy(Obj last, String field) {
        if (data.has(field)) {
            last.set(field, data.text(field));
        }
    }

    boolean started() {
        return data.bool("started");
    }

    void started(boolean value) {
        data.set("started", value);
    }

    boolean ready() {
        return data.bool("ready");
    }

    void ready(boolean value) {
        data.set("ready", value);
    }

    Instant time(String field) {
        return data.has(field) ? Instant.parse(data.text(field)) : null;
    }

    void time(String field, Instant value) {
        if (value == null) {
            data.remove(field);
        } else {
            data.set(field, value.toString());
        }
    }

    /** Free data of a part of the kubelet: a probe's counters, a kill's deadline. */
    Obj part(String name) {
        return data.child(name);
    }

    boolean hasPart(String name) {
        return data.has(name);
    }

    void dropPart(String name) {
        data.remove(name);
    }

    String text(String field) {
        return data.text(field);
    }

    void text(String field, String value) {
        data.set(field, value);
    }

    /**
     * Until when a thing that failed at {@code since} must wait, by the back-off named; null when it may go on now. The
     * first failure never waits.
     */
    Instant backOff(String name, Instant since, Instant now) {
        if (!data.has(name + ".seconds")) {
            return null;
        }
        Instant update = time(name + ".update");
        if (Duration.between(update, since).compareTo(FORGOTTEN) > 0) {
            return null;
        }
        Instant until = since.plusSeconds(data.number(name + ".seconds"));
        return until.isAfter(now) ? until : null;
    }

    /** The next failure of this name waits longer. */
    void growBackOff(String name, Instant now) {
        Instant update = time(name + ".update");
        boolean fresh = update == null || Duration.between(update, now).compareTo(FORGOTTEN) > 0;
        long seconds = fresh ? FIRST_BACK_OFF : Math.min(LAST_BACK_OFF, 2 * data.number(name + ".seconds"));
        data.set(name + ".seconds", seconds);
        time(name + ".update", now);
    }

    long backOffSeconds(String name) {
        return data.number(name + ".seconds");
    }
}
