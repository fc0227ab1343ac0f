package dev.switchboard;

/** Which version this is. */
final class Version {
    private Version() {}

    /** As the jar's manifest says; {@code development} when run from classes. */
    static String number() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
