package dev.kubejar.repl;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** A command's streams after its redirections, in the order in which they are written. */
final class Streams implements Closeable {
    private final Console console;
    private final List<Closeable> opened = new ArrayList<>();
    private InputStream in;
    private boolean inMoved;
    /** Null: where the console's goes. */
    private OutputStream out;

    private OutputStream err;
    private boolean errToOut;
    private boolean outToErr;

    private Streams(Console console, InputStream in) {
        this.console = console;
        this.in = in;
    }

    static Streams open(List<Redirect> redirects, Console console, World world, InputStream in) throws IOException {
        Streams streams = new Streams(console, in);
        for (Redirect each : redirects) {
            streams.redirect(each, world);
        }
        return streams;
    }

    private void redirect(Redirect each, World world) throws IOException {
        switch (each.kind()) {
            case DOCUMENT -> {
                in = new ByteArrayInputStream(Interpreter.bytes(each.target()));
                inMoved = true;
            }
            case READ -> {
                try {
                    in = Files.newInputStream(world.directory().resolve(each.target()));
                } catch (IOException e) {
                    throw new IOException(each.target() + ": cannot be read");
                }
                opened.add(in);
                inMoved = true;
            }
            case JOIN -> {
                errToOut |= each.stream() == 2 && each.target().equals("1");
                outToErr |= each.stream() == 1 && each.target().equals("2");
            }
            default -> file(each, world);
        }
    }

    private void file(Redirect each, World world) throws IOException {
        Path path = world.directory().resolve(each.target());
        OutputStream file;
        try {
            file = each.kind() == Redirect.Kind.APPEND
                    ? Files.newOutputStream(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND)
                    : Files.newOutputStream(path);
        } catch (IOException e) {
            throw new IOException(each.target() + ": cannot be written");
        }
        opened.add(file);
        if (each.stream() == 2) {
            err = file;
        } else {
            out = file;
        }
    }

    InputStream in() {
        return in;
    }

    boolean inMoved() {
        return inMoved;
    }

    boolean outMoved() {
        return out != null || outToErr;
    }

    boolean errMoved() {
        return err != null || errToOut;
    }

    OutputStream out() {
        return outToErr ? err == null ? console.err() : err : out == null ? console.out() : out;
    }

    /** @param to where standard output goes */
    OutputStream err(OutputStream to) {
        return errToOut ? to : err == null ? console.err() : err;
    }

    @Override
    public void close() throws IOException {
        for (Closeable each : opened) {
            each.close();
        }
    }
}
