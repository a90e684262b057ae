/** The lines of chrony.conf(5) that the parameters of a {@link Chrony} ask for. */
class ChronyDirectives {
    final Chrony wanted

    ChronyDirectives(Chrony wanted) {
        this.wanted = wanted
    }

    /** Headings with their lines; those without lines are left out. */
    Map<String, List<String>> sections() {
        Map<String, List<String>> all = [
            'Where the time comes from': sources(),
            'How sources are chosen': choice(),
            'How the clock is set': clock(),
            'Who may ask for the time': clients(),
            'Who may watch and command chronyd': commands(),
            'Keys and certificates': keysAndCertificates(),
            'What is kept and told': logs(),
        ]
        all.findAll { heading, lines -> !lines.isEmpty() }
    }

    List<String> keyLines() {
        def own = wanted.chronyPassword == null ? [] : ["${wanted.commandkey} ${wanted.chronyPassword}".toString()]
        own + wanted.keys
    }

    private List<String> sources() {
        withOptions('server', wanted.servers) + withOptions('pool', wanted.pools) + withOptions('peer', wanted.peers) +
                repeated('refclock', wanted.refclocks) + repeated('sourcedir', wanted.sourcedir) + repeated('confdir', wanted.confdir)
    }

    private List<String> choice() {
        one('minsources', wanted.minsources) + one('minsamples', wanted.minsamples) + one('stratumweight', wanted.stratumweight) +
                one('maxdistance', wanted.maxdistance) + one('maxupdateskew', wanted.maxupdateskew) +
                one('authselectmode', wanted.authselectmode)
    }

    private List<String> clock() {
        def step = wanted.makestepUpdates == 0 ? null : "${wanted.makestepSeconds} ${wanted.makestepUpdates}"
        one('driftfile', wanted.driftfile) + one('makestep', step) + one('initstepslew', wanted.initstepslew) +
                one('maxslewrate', wanted.maxslewrate) + one('smoothtime', wanted.smoothtime) + one('leapsecmode', wanted.leapsecmode) +
                one('leapsectz', wanted.leapsectz) + one('leapseclist', wanted.leapseclist) + flag('rtcsync', wanted.rtcsync) +
                flag('rtconutc', wanted.rtconutc) + withOptions('hwtimestamp', wanted.hwtimestamps)
    }

    private List<String> clients() {
        repeated('allow', wanted.queryhosts) + repeated('deny', wanted.denyqueryhosts) + one('port', wanted.port) +
                repeated('bindaddress', wanted.bindaddress) + repeated('bindacqaddress', wanted.bindacqaddress) +
                one('acquisitionport', wanted.acquisitionport) + local() + flag('noclientlog', !wanted.clientlog) +
                one('clientloglimit', wanted.clientloglimit) + one('ntpsigndsocket', wanted.ntpsigndsocket) +
                one('ptpport', wanted.ptpport) + one('ptpdomain', wanted.ptpdomain)
    }

    private List<String> local() {
        wanted.localStratum == 0 ? [] : ["local stratum ${wanted.localStratum}${wanted.localOrphan ? ' orphan' : ''}".toString()]
    }

    private List<String> commands() {
        repeated('bindcmdaddress', wanted.bindcmdaddress) + wanted.cmdacl + one('cmdport', wanted.cmdport)
    }

    private List<String> keysAndCertificates() {
        one('keyfile', wanted.configKeys.isEmpty() ? null : wanted.configKeys) + one('ntsserverkey', wanted.ntsserverkey) +
                one('ntsservercert', wanted.ntsservercert) + one('ntsport', wanted.ntsport) +
                one('maxntsconnections', wanted.maxntsconnections) + one('ntsprocesses', wanted.ntsprocesses) +
                one('ntsdumpdir', wanted.ntsdumpdir) + one('ntsntpserver', wanted.ntsntpserver) + one('ntsrotate', wanted.ntsrotate) +
                one('ntstrustedcerts', wanted.ntstrustedcerts) + one('nocerttimecheck', wanted.nocerttimecheck) +
                flag('nosystemcert', wanted.nosystemcert)
    }

    private List<String> logs() {
        def mail = wanted.mailonchange == null ? null : "${wanted.mailonchange} ${wanted.threshold}"
        flag('dumponexit', wanted.dumpdir != null) + one('dumpdir', wanted.dumpdir) + ['logdir /var/log/chrony'] +
                one('log', wanted.logOptions) + one('logbanner', wanted.logbanner) + one('logchange', wanted.logchange) +
                one('mailonchange', mail) + flag('lock_all', wanted.lockAll) + one('sched_priority', wanted.schedPriority)
    }

    private static List<String> one(String directive, Object value) {
        value == null ? [] : ["${directive} ${value}".toString()]
    }

    private static List<String> flag(String directive, boolean given) {
        given ? [directive] : []
    }

    private static List<String> repeated(String directive, List<String> values) {
        values.collect { value -> "${directive} ${value}".toString() }
    }

    private static List<String> withOptions(String directive, Map<String, List<String>> values) {
        values.collect { key, options -> ([directive, key] + options).join(' ') }
    }
}
