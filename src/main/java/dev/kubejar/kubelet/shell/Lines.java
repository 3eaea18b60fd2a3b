package dev.kubejar.kubelet.shell;

import dev.kubejar.kubelet.fs.ByteReader;
import dev.kubejar.kubelet.fs.ByteWriter;
import dev.kubejar.kubelet.fs.FsError;
import java.util.ArrayList;
import java.util.List;

/** The input of a program that goes through files, or through standard input, line by line. */
public final class Lines {
    private final List<String> files;
    private int index;
    private int descriptor = -1;
    private String buffer = "";
    private int start;
    private boolean failed;
    private boolean waiting;
    private Task task;

    Lines(List<String> files) {
        this.files = files.isEmpty() ? List.of("-") : new ArrayList<>(files);
    }

    void attach(Task owner) {
        task = owner;
    }

    /** How errors about files begin: {@code cat: can't open 'x'} or {@code grep: x}. */
    public enum Complaint {
        CANNOT_OPEN,
        NAME,
        SILENT
    }

    /**
     * The next line with its newline (the last of a file may have none), or null: at the end, or where
     * {@link #waiting} says so.
     */
    public String next(Complaint complaint) {
        waiting = false;
        while (open(complaint)) {
            int end = buffer.indexOf('\n', start);
            if (end >= 0) {
                String line = buffer.substring(start, end + 1);
                start = end + 1;
                task.charge(1);
                return line;
            }
            String part = task.read(descriptor);
            if (part == null) {
                waiting = true;
                return null;
            }
            if (!part.isEmpty()) {
                buffer = start == 0 ? buffer + part : buffer.substring(start) + part;
                start = 0;
                continue;
            }
            String rest = buffer.substring(start);
            closeFile();
            if (!rest.isEmpty()) {
                return rest;
            }
        }
        return null;
    }

    /** The next piece, of any length; null as with {@link #next}. */
    public String piece(Complaint complaint) {
        waiting = false;
        while (open(complaint)) {
            String part = task.read(descriptor);
            if (part == null) {
                waiting = true;
                return null;
            }
            if (!part.isEmpty()) {
                return part;
            }
            closeFile();
        }
        return null;
    }

    /** Waits for more of the present file. */
    public int await() {
        return task.await(descriptor);
    }

    public boolean waiting() {
        return waiting;
    }

    /** Whether a file could not be read. */
    public boolean failed() {
        return failed;
    }

    /** How many files have been begun, and which is the present or last one. */
    public int index() {
        return index;
    }

    public String file() {
        return index == 0 ? "" : files.get(index - 1);
    }

    /** Whether there are more files after the present one. */
    public boolean more() {
        return index < files.size() || start < buffer.length();
    }

    public int descriptor() {
        return descriptor;
    }

    /** Goes on to the next file at once. */
    public void skip() {
        closeFile();
    }

    /** Opens the next file where none is open; false where there is none left. */
    public boolean open(Complaint complaint) {
        while (descriptor < 0) {
            if (index >= files.size()) {
                return false;
            }
            String file = files.get(index++);
            if (file.equals("-")) {
                descriptor = 0;
                return true;
            }
            try {
                if (task.files().at(file).node().isDirectory()) {
                    complain(
                            file,
                            "Is a directory",
                            complaint == Complaint.CANNOT_OPEN ? Complaint.NAME : complaint,
                            true);
                    continue;
                }
                descriptor = task.open(file);
            } catch (FsError e) {
                complain(file, e.getMessage(), complaint, false);
            }
        }
        return true;
    }

    private void complain(String file, String message, Complaint complaint, boolean directory) {
        failed = true;
        if (complaint == Complaint.SILENT) {
            return;
        }
        String what = complaint == Complaint.NAME
                ? directory ? "read error: " + message : file + ": " + message
                : "can't open '" + file + "': " + message;
        task.err(task.name() + ": " + what + "\n");
    }

    private void closeFile() {
        if (descriptor > 2) {
            task.close(descriptor);
        }
        descriptor = -1;
        buffer = "";
        start = 0;
    }

    long memory() {
        return buffer.length();
    }

    void save(ByteWriter out) {
        out.texts(files)
                .number(index)
                .number(descriptor)
                .text(buffer.substring(start))
                .flag(failed);
    }

    static Lines load(ByteReader in) {
        Lines lines = new Lines(in.texts());
        lines.index = in.integer();
        lines.descriptor = in.integer();
        lines.buffer = in.text();
        lines.failed = in.flag();
        return lines;
    }
}
