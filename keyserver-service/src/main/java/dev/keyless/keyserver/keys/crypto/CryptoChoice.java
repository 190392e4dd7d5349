package dev.keyless.keyserver.keys.crypto;

/** Which implementation of cryptography to sign with. */
public enum CryptoChoice {
    /** Amazon Corretto Crypto Provider where it works, else the JDK's own with a warning. */
    ACCP("accp"),
    /** The FIPS build of Amazon Corretto Crypto Provider, or nothing. */
    ACCP_FIPS("accp-fips"),
    /** The JDK's own. */
    JDK("jdk");

    private final String text;

    CryptoChoice(String text) {
        this.text = text;
    }

    /** As the configuration spells it. */
    public String text() {
        return text;
    }
}
