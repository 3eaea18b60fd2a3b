package dev.kubejar.transcripts;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import java.util.List;

/** A unified difference of two outputs, one line of context, without its head. */
final class LineDiff {
    private LineDiff() {}

    static List<String> of(List<String> wanted, List<String> got) {
        List<String> diff =
                UnifiedDiffUtils.generateUnifiedDiff("recorded", "ours", wanted, DiffUtils.diff(wanted, got), 1);
        return diff.size() > 2 ? diff.subList(2, diff.size()) : diff;
    }
}
