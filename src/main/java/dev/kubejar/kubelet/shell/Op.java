package dev.kubejar.kubelet.shell;

/**
 * One instruction of the shell's machine.
 *
 * @param a a target in the same code, a mode or a number, as the kind says
 * @param b another
 * @param line the line that errors name
 */
record Op(Kind kind, int a, int b, String text, int line) {
    /** What instructions there are. "Word" is the text under construction on top of the stack. */
    enum Kind {
        /** Begins a simple command: arguments, redirections and assignments collect on the stack. */
        COMMAND,
        /** Begins a word. */
        WORD,
        /** Adds text; a: see {@link Expansion}. */
        TEXT,
        TILDE,
        /** Adds a parameter's value; a: quoted. */
        VALUE,
        /** Adds the length of a parameter's value. */
        LENGTH,
        /** {@code ${name:-…}} and its like, text = name, space, operator; jumps to a where the argument is not wanted; b: quoted. */
        CHOOSE,
        /** The word on top is the argument of {@code =}, {@code ?}, {@code %}, {@code #}, {@code /} or {@code :}; b: quoted. */
        APPLY,
        /** The word on top is an arithmetic expression; a: quoted. */
        ARITHMETIC,
        /** Adds what the code at b prints; a: quoted. */
        SUBSTITUTE,
        /** The word is done: its fields are arguments; a: it is one as it stands. */
        ARGUMENT,
        /** The word is a target; a: descriptor, text: operator. */
        REDIRECT,
        /** The word is a variable's value; a: append. */
        ASSIGN,
        /** Runs the command that has been collected; a: nothing comes after it. */
        EXECUTE,
        /** Undoes the command's redirections and leaves where a failure is fatal. */
        DONE,
        JUMP,
        /** Jumps to a where the status is 0. */
        IF_TRUE,
        /** Jumps to a where the status is not 0. */
        IF_FALSE,
        NOT,
        /** Sets the status to a; with b: 1 keeps the status with the loop, 2 takes it from there. */
        STATUS,
        /** Begins what may fail without harm. */
        TEST,
        /** Ends it. */
        TESTED,
        /** Begins a loop; a: where break goes, b: where continue goes. */
        LOOP,
        END_LOOP,
        /** Makes the collected arguments the items of a loop; text: the variable. */
        ITEMS,
        /** Takes the next item or jumps to a. */
        NEXT_ITEM,
        /** The word is what a case looks at. */
        CASE,
        /** The word is a pattern; jumps to a where it fits. */
        MATCH,
        END_CASE,
        /** Begins a pipeline of a stages. */
        PIPELINE,
        /** Starts a stage at a; b: the last one. */
        STAGE,
        /** Waits for all stages. */
        JOIN,
        /** Starts the code at a in the background. */
        BACKGROUND,
        /** Runs the code at a in a child and waits for it. */
        SUBSHELL,
        /** Collects redirections for a compound command. */
        REDIRECTED,
        /** Puts them in place, or jumps to a. */
        ENTER,
        /** Takes them back. */
        LEAVE,
        /** Defines a function whose code begins here and goes on at a. */
        FUNCTION,
        /** Back to where the function, eval, trap or file was called. */
        RETURN,
        /** Leaves where a failure is fatal. */
        CHECK,
        /** Ends the process with the status. */
        EXIT,
        /** Reports a text that could not be read. */
        BROKEN
    }
}
