package dev.kubejar.kubelet.shell;

/** Bytes on their way from processes to processes. */
final class Pipe {
    private static final int CAPACITY = 65536;

    int id;
    int readers;
    int writers;
    private final StringBuilder bytes = new StringBuilder();

    Pipe() {}

    Pipe(String content) {
        bytes.append(content);
    }

    String read(int most) {
        if (bytes.length() == 0) {
            return writers == 0 ? "" : null;
        }
        int count = Math.min(most, bytes.length());
        String part = bytes.substring(0, count);
        bytes.delete(0, count);
        return part;
    }

    void write(String more) {
        bytes.append(more);
    }

    boolean readable() {
        return bytes.length() > 0 || writers == 0;
    }

    boolean full() {
        return bytes.length() >= CAPACITY;
    }

    int size() {
        return bytes.length();
    }

    String content() {
        return bytes.toString();
    }
}
