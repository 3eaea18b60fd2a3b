package dev.kubejar.controllers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** Completion indexes as a Job's status has them. */
class IndexesTest {
    @Test
    void rangesOfThreeAreShortened() {
        assertEquals("0,2-4,7,8", Indexes.parse("0,2-4", 10).add(8).add(7).toString());
        assertEquals("", new Indexes().toString());
        assertEquals(3, Indexes.parse("1-9", 4).size());
    }

    @Test
    void theHashOfATemplateIsMadeOfSafeLetters() {
        assertEquals("54f", TemplateHash.encode("109"));
    }
}
