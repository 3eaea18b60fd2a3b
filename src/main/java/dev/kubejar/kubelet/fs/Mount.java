package dev.kubejar.kubelet.fs;

/**
 * A volume, or a part of it, shown at a path.
 *
 * @param path absolute, without links and dots
 * @param root the inode of the volume that appears there: its top, or a subPath's directory or file
 * @param kind what {@code mount} and {@code df} call it: {@code overlay}, {@code tmpfs}, {@code ext4} …
 */
public record Mount(String path, Volume volume, int root, boolean readOnly, String kind) {}
