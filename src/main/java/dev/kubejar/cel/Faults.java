package dev.kubejar.cel;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What is wrong with an expression's text, with the places; worded and drawn as cel-go does. */
final class Faults {
    private record Fault(int at, String message) {}

    private final int[] source;
    private final List<Fault> faults = new ArrayList<>();

    Faults(String text) {
        source = text.codePoints().toArray();
    }

    void add(int at, String message) {
        faults.add(new Fault(at, message));
    }

    boolean isEmpty() {
        return faults.isEmpty();
    }

    String text() {
        faults.sort(Comparator.comparingInt(Fault::at));
        StringBuilder out = new StringBuilder();
        for (Fault fault : faults) {
            out.append(out.length() == 0 ? "" : "\n");
            draw(fault, out);
        }
        return out.toString();
    }

    private void draw(Fault fault, StringBuilder out) {
        int line = 1;
        int start = 0;
        for (int i = 0; i < fault.at && i < source.length; i++) {
            if (source[i] == '\n') {
                line++;
                start = i + 1;
            }
        }
        int end = start;
        while (end < source.length && source[end] != '\n') {
            end++;
        }
        int column = fault.at - start;
        out.append("ERROR: <input>:")
                .append(line)
                .append(':')
                .append(source.length == 0 ? 0 : column + 1)
                .append(": ")
                .append(fault.message);
        if (source.length == 0) {
            return; // there is no line to draw
        }
        out.append("\n | ");
        for (int i = start; i < end; i++) {
            out.appendCodePoint(source[i] == '\t' ? ' ' : source[i]);
        }
        out.append("\n | ");
        for (int i = 0; i < column; i++) {
            out.append(start + i < source.length && source[start + i] > 0x2E80 ? '．' : '.');
        }
        out.append('^');
    }
}
