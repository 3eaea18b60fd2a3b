package dev.kubejar.object;

import java.time.DateTimeException;
import java.time.LocalDate;

/** Which scalars go-yaml v2 takes for timestamps: RFC 3339 with short fields, a space for the T, or a date alone. */
final class YamlTimestamps {
    private final String text;
    private int pos;

    private YamlTimestamps(String text) {
        this.text = text;
    }

    static boolean matches(String text) {
        if (text.length() < 8 || text.length() > 64 || text.charAt(4) != '-') {
            return false;
        }
        return new YamlTimestamps(text).timestamp();
    }

    private boolean timestamp() {
        int year = number(4, 4);
        boolean date = year >= 0 && skip('-');
        int month = date ? number(1, 2) : -1;
        date = month >= 0 && skip('-');
        int day = date ? number(1, 2) : -1;
        if (day < 0 || !exists(year, month, day)) {
            return false;
        }
        if (pos == text.length()) {
            return true;
        }
        char separator = text.charAt(pos++);
        if (separator != 'T' && separator != 't' && separator != ' ' || !time()) {
            return false;
        }
        return separator == ' ' ? pos == text.length() : zone();
    }

    private static boolean exists(int year, int month, int day) {
        try {
            LocalDate.of(year, month, day);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private boolean time() {
        int hour = number(1, 2);
        int minute = hour >= 0 && hour < 24 && skip(':') ? number(1, 2) : -1;
        int second = minute >= 0 && minute < 60 && skip(':') ? number(1, 2) : -1;
        if (second < 0 || second > 59) {
            return false;
        }
        if (pos < text.length() && (text.charAt(pos) == '.' || text.charAt(pos) == ',')) {
            pos++;
            return number(1, 9) >= 0;
        }
        return true;
    }

    private boolean zone() {
        if (skip('Z')) {
            return pos == text.length();
        }
        if (!skip('+') && !skip('-')) {
            return false;
        }
        int hours = number(2, 2);
        int minutes = hours >= 0 && hours <= 24 && skip(':') ? number(2, 2) : -1;
        return minutes >= 0 && minutes <= 60 && pos == text.length();
    }

    private boolean skip(char c) {
        if (pos < text.length() && text.charAt(pos) == c) {
            pos++;
            return true;
        }
        return false;
    }

    private int number(int least, int most) {
        int start = pos;
        int value = 0;
        while (pos < text.length() && pos - start < most && text.charAt(pos) >= '0' && text.charAt(pos) <= '9') {
            value = value * 10 + text.charAt(pos++) - '0';
        }
        return pos - start < least ? -1 : value;
    }
}
