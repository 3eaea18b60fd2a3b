package dev.kubejar.kubelet.shell;

import dev.kubejar.kubelet.shell.Node.Literal;
import dev.kubejar.kubelet.shell.Node.Part;
import dev.kubejar.kubelet.shell.Node.Word;
import java.util.ArrayList;
import java.util.List;

/** Tells {@code name=value} from other words. */
final class Assignments {
    private Assignments() {}

    /** The assignment that a word is, or null. */
    static Node.Assignment of(Word word) {
        if (word.parts().isEmpty() || !(word.parts().get(0) instanceof Literal first) || first.quoted()) {
            return null;
        }
        int equals = first.text().indexOf('=');
        if (equals < 1) {
            return null;
        }
        boolean append = first.text().charAt(equals - 1) == '+';
        String name = first.text().substring(0, append ? equals - 1 : equals);
        if (!Text.isName(name)) {
            return null;
        }
        List<Part> parts = new ArrayList<>(word.parts());
        String rest = first.text().substring(equals + 1);
        if (rest.isEmpty()) {
            parts.remove(0);
        } else {
            parts.set(0, new Literal(rest, false));
        }
        return new Node.Assignment(name, new Word(parts), append);
    }
}
