notice('a') {
    timeout '5 minutes'
    retries(-1)
    retryDelay 10
    window 'Sat,Sun 02:00-04:00', 'weekends'
    onDrift 'reprot'
}
class Team extends Composite { void declare() { notice 'b' } }
include(Team) {
    timeout 0
    window 'Sat 02:00-04:00 Mars/Phobos'
    retry 3
}
if (facts.cpus > 9000) {
    notice('c') { window(['02:00']) }
    exec('d') { timeout '0s'; retries 'three' }
}
