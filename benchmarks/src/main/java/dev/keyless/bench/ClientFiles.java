package dev.keyless.bench;

import java.nio.file.Path;

/** What a client shows and trusts: PEM files. */
record ClientFiles(Path ca, Path certificate, Path key) {}
