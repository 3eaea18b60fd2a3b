package dev.kubejar.repl;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** A script's streams: nobody types, nothing is prompted. */
final class ScriptConsole implements Console {
    private final OutputStream out;
    private final OutputStream err;

    ScriptConsole(OutputStream out, OutputStream err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public OutputStream out() {
        return out;
    }

    @Override
    public OutputStream err() {
        return err;
    }

    @Override
    public boolean interactive() {
        return false;
    }

    @Override
    public boolean terminal() {
        return false;
    }

    @Override
    public int columns() {
        return 0;
    }

    @Override
    public InputStream typed() {
        return InputStream.nullInputStream();
    }

    @Override
    public InputStream document(Lines lines) {
        return new DocumentStream(lines);
    }

    @Override
    public void print(String text) {
        write(out, text);
    }

    @Override
    public void say(String text) {
        write(err, text);
    }

    private static void write(OutputStream to, String text) {
        try {
            to.write(Interpreter.bytes(text));
            to.flush();
        } catch (IOException e) {
            // nobody reads it
        }
    }

    @Override
    public void flush() {
        write(out, "");
        write(err, "");
    }

    @Override
    public void history() {
        // a script has none
    }

    @Override
    public void running(Process process) {
        // it ends by itself
    }
}
