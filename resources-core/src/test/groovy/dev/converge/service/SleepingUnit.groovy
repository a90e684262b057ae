package dev.converge.service

/** A unit file of tests: a service that does nothing, for as long as it is let. */
final class SleepingUnit {
    static final String SLEEPER = '''\
        [Service]
        ExecStart=/bin/sleep 1000
        [Install]
        WantedBy=multi-user.target
        '''

    private SleepingUnit() {}
}
