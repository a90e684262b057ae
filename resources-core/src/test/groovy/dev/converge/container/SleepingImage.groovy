package dev.converge.container

/** The image of most containers of tests: it does nothing, for as long as it is let. */
final class SleepingImage {
    static final String IMAGE = 'localhost/app:1'
    static final List<String> SLEEP = ['sleep', '1000']

    private SleepingImage() {}
}
