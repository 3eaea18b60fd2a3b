package dev.kubejar.kubelet.fs;

/** Why a file operation fails, in Linux's words. */
public enum Errno {
    EPERM("Operation not permitted"),
    ENOENT("No such file or directory"),
    EIO("Input/output error"),
    EBADF("Bad file descriptor"),
    EACCES("Permission denied"),
    EBUSY("Resource busy"),
    EEXIST("File exists"),
    EXDEV("Cross-device link"),
    ENOTDIR("Not a directory"),
    EISDIR("Is a directory"),
    EINVAL("Invalid argument"),
    EFBIG("File too large"),
    ENOSPC("No space left on device"),
    EROFS("Read-only file system"),
    ENAMETOOLONG("File name too long"),
    ENOTEMPTY("Directory not empty"),
    ELOOP("Symbolic link loop");

    private final String words;

    Errno(String words) {
        this.words = words;
    }

    /** As {@code strerror} says it in the C library that busybox is built with. */
    public String words() {
        return words;
    }
}
