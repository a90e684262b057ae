/**
 * Servers that the DNS names: the SRV records of its name, such as {@code _ntp._udp.example.com}, looked up again and
 * again by the timer that the distribution's chrony brings. They reach chronyd through a {@code sourcedir}.
 * Needs chrony and dig, which {@link Chrony} installs for its {@code dnssrvRecords}.
 */
class ChronyDnssrv extends Composite {
    /** Whether they are looked up; false ends it. */
    boolean active = true
    /** When, as systemd.time(7) has it; the distribution's hourly look-up when left out. */
    String onCalendar = null
    /** Up to how much later, at random, as systemd.time(7) has it: {@code '5min'}. */
    String randomizedDelay = null

    void declare() {
        if (!name.startsWith('_ntp._udp')) {
            fail "ChronyDnssrv: \"${name}\" is no SRV record of NTP, which are called _ntp._udp.DOMAIN."
        }
        if (facts.os.family == 'alpine') {
            fail 'ChronyDnssrv needs systemd and the units of chrony for Debian or Red Hat.'
        }
        // In the name of an instance a dash stands for a slash.
        def timerUnit = "chrony-dnssrv@${name.replace('-', '\\x2d')}.timer"
        if (onCalendar != null || randomizedDelay != null) {
            scheduled(timerUnit)
        }
        service(timerUnit) {
            running active
            enabled active
        }
    }

    private void scheduled(String timerUnit) {
        def calendar = onCalendar == null ? [] : ['', onCalendar]
        unit("${timerUnit}.d/converge") {
            timer OnActiveSec: onCalendar == null ? '0' : '', OnUnitInactiveSec: onCalendar == null ? '1h' : '',
                    OnCalendar: calendar, RandomizedDelaySec: randomizedDelay ?: '0'
            notifies service[timerUnit]
        }
    }
}
