/**
 * What every host has, whatever it is for. Each part that is left out stays as it is, except that CA certificates are
 * installed, and security updates install themselves where the distribution has something for that.
 */
class Base extends Composite {
    /** What /etc/motd says after a login, below the host's name and system; left alone when left out. */
    String motd = null
    /** The time zone, such as Europe/Berlin. */
    String timeZone = null
    /** Packages to install. */
    List<String> packages = ['ca-certificates']
    /** Packages to remove, with their configuration files. */
    List<String> unwantedPackages = []
    /** Parameters of the kernel, now and after a boot: {@code ['vm.swappiness': 10]}. */
    Map<String, Object> kernel = [:]
    /** Whether security updates install themselves; see BaseUpdates, whose parameters are for the details. */
    boolean automaticUpdates = true

    void declare() {
        if (motd != null) {
            file('/etc/motd') {
                content template('base/motd', text: motd.trim())
                owner 'root'
                group 'root'
                mode '0644'
            }
        }
        if (timeZone != null) {
            timezone timeZone
        }
        packages.each { wanted -> pkg wanted }
        unwantedPackages.each { unwanted -> pkg(unwanted) { ensure 'purged' } }
        kernel.each { key, wanted -> sysctl(key, wanted.toString()) }
        if (automaticUpdates) {
            include(BaseUpdates)
        }
    }
}
